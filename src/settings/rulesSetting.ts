/** The rules that the setting AUTOMATION_RULES points at: a file beside the app, a blob, or the document itself. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Automation } from '../automation/rules.ts';
import type { Environment } from '../input/placeholders.ts';
import { formatNamed } from '../input/text/readText.ts';
import { transportOf } from '../jobRouter/endpoint.ts';
import type { ConfigProblem } from './configProblem.ts';
import { readRulesDocument } from './rulesDocument.ts';

/** Where a relative path is looked for, in this order. */
export interface Places {
  readonly workingDirectory: string;
  readonly appRoot: string;
}

/** Where the rules are. The document itself can only change with the setting, and the host restarts the app for that. */
export type RulesSource =
  | { readonly kind: 'inline'; readonly automation: Automation }
  | { readonly kind: 'file'; readonly path: string }
  /** Over https, or over http from this machine. May hold a secret in its query. */
  | { readonly kind: 'url'; readonly url: string };

/** The source, or everything that is wrong with the setting. */
type SourceRead = RulesSource | readonly ConfigProblem[];

const documentFix = 'write {"automation":{"rules":[…]}}, or a routing document that has these members';

/** What the setting says. A document at hand is read at once, so that everything wrong with it is told with the rest. */
export function rulesSourceFrom(setting: string, places: Places, environment: Environment = {}): SourceRead {
  if (isDocument(setting)) {
    const document = readRulesDocument(setting, environment);
    return document.kind === 'problems'
      ? problems(document.problems, documentFix)
      : { kind: 'inline', automation: document.automation };
  }
  return /^https?:/i.test(setting) ? urlSource(setting) : fileSource(setting, places, environment);
}

/** JSON, or YAML of more than a line or of nothing but rules. No path or address looks like that. */
const isDocument = (setting: string): boolean => /^\{|^automation:|\n/.test(setting);

function urlSource(url: string): SourceRead {
  const fix = 'write the https address of the blob';
  if (typeof transportOf(url) !== 'string') {
    return problems(
      ['is an address that rules are not read from: they would cross the network in clear'],
      fix,
    );
  }
  const { username, password } = new URL(url);
  return username === '' && password === ''
    ? { kind: 'url', url }
    : problems(['is an address with a user name or a password, which are not sent'], fix);
}

function fileSource(
  path: string,
  { workingDirectory, appRoot }: Places,
  environment: Environment,
): SourceRead {
  const folders = [workingDirectory, appRoot];
  const found = folders.map((folder) => resolve(folder, path)).find((candidate) => existsSync(candidate));
  if (found === undefined) {
    return problems(
      // The path is not told: in its place may stand, by mistake, a connection string or an address with its signature.
      [isAbsolute(path) ? 'names no file' : `names no file in ${[...new Set(folders)].join(' nor in ')}`],
      'deploy the file with the app, write the https address of a blob, or give the document itself',
    );
  }
  const document = readRulesDocument(readFileSync(found, 'utf8'), environment, formatNamed(found));
  return document.kind === 'problems'
    ? problems(document.problems, documentFix)
    : { kind: 'file', path: found };
}

const problems = (all: readonly string[], fix: string): readonly ConfigProblem[] =>
  all.map((problem) => ({ setting: 'AUTOMATION_RULES', problem, fix }));
