/** Holds docs/failures.md against the code, both ways: what the app may say is explained there, and nothing else is. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { problemNames } from '../../../src/http/problem.ts';
import type { RefusalReason } from '../../../src/jobRouter/answer.ts';
import type { Outcome } from '../../../src/outcome.ts';
import { sentencesIn } from '../../support/sentences.ts';

const root = new URL('../../../', import.meta.url);
const failures = readFileSync(new URL('docs/failures.md', root), 'utf8');

/** A chapter of the document, up to the next one of its rank. */
function chapter(title: string): string {
  const [, text = ''] = failures.split(`\n## ${title}\n`);
  return text.split('\n## ')[0] ?? '';
}

/** What stands first in the rows of a text's tables. */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name).sort();

/** All names of a union: the compiler wants every one and takes no other. */
const all = <Name extends string>(names: Record<Name, true>): string[] => Object.keys(names).sort();

it('every outcome', () => {
  const outcomes = all<Outcome['kind']>({
    done: true,
    alreadyDone: true,
    lostRace: true,
    ignored: true,
    parked: true,
    mustRetry: true,
  });
  expect(namedIn(chapter('Outcomes'))).toEqual(outcomes);
});

it('every kind of refusal', () => {
  const reasons = all<RefusalReason>({ notFound: true, conflict: true, changed: true, other: true });
  expect(namedIn(chapter('Refusals'))).toEqual(reasons);
});

it('every problem of the HTTP functions', () => {
  const [problems = ''] = chapter('Problems').split("\n### The webhook's answers");
  expect(namedIn(problems)).toEqual([...problemNames].sort());
});

it('every setting that is looked up', () => {
  const lookedUp = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      get(_, name) {
        lookedUp.add(String(name));
        return undefined;
      },
    },
  );
  expect(() => readConfig(environment)).toThrow('need mending');
  expect(namedIn(chapter('Settings'))).toEqual([...lookedUp].sort());
});

const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(new URL(`src/${path}`, root), 'utf8') }));

it('every error an invocation may fail with', () => {
  const names = sources.flatMap(({ text }) =>
    [...text.matchAll(/override readonly name = '(\w+)'/g)].map(([, name = '']) => name),
  );
  expect(namedIn(chapter('Errors'))).toEqual(names.sort());
});

describe('what the log says', () => {
  /** Whose sentences reach the log as reasons. */
  const tells =
    /^(automation|deferral|handling|parking|reconciling|ruleBook|storage|webhook|work)\/|^(handleRouterEvent|outcome|events\/parseRouterEvent|jobRouter\/(ask|exchange|readAnswer))\.ts$/;
  /** These speak of something else: what was done, or what is wrong with a document or a setting. */
  const tellsElsewhere =
    /^(automation\/(rules|businessHours|labelConditions)|handling\/(logLine|mustRetryError)|work\/signature)\.ts$/;
  /** Parts of what is told by others, and what callers are told. */
  const notReasons = new Set([
    'Bearer …',
    'the event',
    'out of the queue deferred-work',
    'Event Grid delivers … at most, and this body has ….',
    '1 MB',
    '… events',
    'more than 2 MB',
    '… … …',
  ]);

  const told = sources
    .filter(({ path }) => tells.test(path) && !tellsElsewhere.test(path))
    .flatMap(({ text }) => sentencesIn(text))
    .filter((sentence) => !/^[ ,]/.test(sentence) && !notReasons.has(sentence));

  it('every sentence of it', () => {
    expect([...new Set(told)].sort().filter((one) => !explained.includes(one))).toEqual([]);
  });

  const explained = namedIn(chapter('What the log says'));

  it('nothing that is no longer said', () => {
    expect(explained.filter((one) => !told.includes(one))).toEqual([]);
  });

  it('each once', () => {
    expect(explained.filter((one, index) => explained.indexOf(one) !== index)).toEqual([]);
  });
});

describe('the runbook', () => {
  const runbook = readFileSync(new URL('docs/runbook.md', root), 'utf8');
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(
      ([, title = '']) =>
        `#${title
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-')}`,
    );
  const linksTo = (text: string, file: string) =>
    [...text.matchAll(new RegExp(`\\]\\(${file}(#[^)]+)\\)`, 'g'))].map(([, anchor = '']) => anchor);

  it('has every place that failures.md points to, and the other way round', () => {
    expect(linksTo(failures, 'runbook\\.md').filter((one) => !anchors(runbook).includes(one))).toEqual([]);
    expect(linksTo(runbook, 'failures\\.md').filter((one) => !anchors(failures).includes(one))).toEqual([]);
    expect(linksTo(runbook, '').filter((one) => !anchors(runbook).includes(one))).toEqual([]);
    expect(linksTo(failures, '').filter((one) => !anchors(failures).includes(one))).toEqual([]);
  });

  it('lists every metric, and no other', () => {
    const measured = sources
      .filter(({ path }) => path.startsWith('telemetry/'))
      .flatMap(({ text }) => [...text.matchAll(/'(job_router\.[\w.]+)'/g)].map(([, name = '']) => name));
    expect(namedMetrics(runbook)).toEqual(measured.sort());
  });

  it('asks for members of the log line that exist, in every query', () => {
    const members = [...runbook.matchAll(/\bline\.(\w+)/g)].map(([, name = '']) => name);
    const [, table = ''] = runbook.split('\n## The log line\n');
    const known = namedIn(table.split('\n## ')[0] ?? '');
    expect(members.length).toBeGreaterThan(10);
    expect(members.filter((name) => !known.includes(name))).toEqual([]);
    expect(known).toEqual(logLineMembers());
  });
});

/** As infra/signals.json lists them, which `npm run check:infra` holds against the code. */
function logLineMembers(): string[] {
  const line: unknown = JSON.parse(readFileSync(new URL('infra/signals.json', root), 'utf8')).logLine;
  return Array.isArray(line) ? line.map(String).sort() : [];
}

const namedMetrics = (text: string): string[] =>
  [...text.matchAll(/^\| `(job_router\.[\w.]+)`/gm)].map(([, name = '']) => name).sort();
