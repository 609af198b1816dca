/** The rules that the setting AUTOMATION_RULES points at: a file beside the app, or the JSON itself. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import * as z from 'zod';
import { type AutomationRule, automation } from '../automation/rules.ts';
import { dottedPath } from '../input/inputProblems.ts';
import { parseJson } from '../input/parseJson.ts';
import type { ConfigProblem } from './connectionSettings.ts';

/** Where a relative path is looked for, in this order. */
export interface Places {
  readonly workingDirectory: string;
  readonly appRoot: string;
}

/** The rules, or everything that is wrong with the setting. */
export type RulesRead =
  | { readonly kind: 'rules'; readonly rules: readonly AutomationRule[] }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/**
 * Only the `automation` of a routing document is believed here; its other parts are read by whoever applies
 * them. A document without it is a problem and not "no rules": a misspelt member would silence the whole app.
 */
const rulesDocument = z.looseObject({ automation });

const documentFix = 'write {"automation":{"rules":[…]}}, or a routing document that has these members';

/** Reads the rules, or says everything that is wrong with them. */
export function rulesFrom(setting: string, places: Places): RulesRead {
  const source = setting.startsWith('{') ? { text: setting } : readDocument(setting, places);
  if ('problem' in source) return problems([source]);
  const document = parseJson(source.text);
  if ('notJson' in document) return problems([problem(`is not JSON: ${document.notJson}`, documentFix)]);
  const parsed = rulesDocument.safeParse(document.value);
  if (parsed.success) return { kind: 'rules', rules: parsed.data.automation.rules };
  return problems(
    parsed.error.issues.map((issue) => problem(`${dottedPath(issue.path)}: ${issue.message}`, documentFix)),
  );
}

function readDocument(path: string, { workingDirectory, appRoot }: Places): { text: string } | ConfigProblem {
  const candidates = isAbsolute(path) ? [path] : [resolve(workingDirectory, path), resolve(appRoot, path)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) {
    return problem(
      `no file at ${[...new Set(candidates)].join(' nor at ')}`,
      'deploy the file with the app, or give the JSON itself',
    );
  }
  return { text: readFileSync(found, 'utf8') };
}

const problem = (what: string, fix: string): ConfigProblem => ({
  setting: 'AUTOMATION_RULES',
  problem: what,
  fix,
});
const problems = (all: readonly ConfigProblem[]): RulesRead => ({ kind: 'problems', problems: all });
