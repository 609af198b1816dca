/** Builds, lints and evaluates all Bicep in a copy of infra, so that nothing is left behind in the tree. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Compiled } from '../facts/facts.ts';
import { repositoryRoot } from '../facts/infraSources.ts';
import { type Prediction, prediction } from '../facts/prediction.ts';
import { type Scenario, SUBSCRIPTION, scenarios } from './scenarios.ts';

const execute = promisify(execFile);
const entries = ['infra/main.bicep', 'infra/subscriptions.bicep'];
/** Each start of the compiler costs seconds, so files go in together. */
const runs: readonly (readonly string[])[] = [
  ['lint', '--pattern', 'infra/**/*.bicep'],
  ['lint', '--pattern', 'infra/*.bicepparam'],
  ['build', '--pattern', 'infra/*.bicep'],
];

/** @param bicep path of the compiler. */
export async function compile(bicep: string): Promise<Compiled> {
  const scratch = mkdtempSync(join(tmpdir(), 'bicep-build-'));
  try {
    cpSync(join(repositoryRoot, 'infra'), join(scratch, 'infra'), { recursive: true });
    const printed = await inTurn(runs, (args) => runBicep(bicep, args, scratch));
    const templates = entries.map((entry) => [
      entry,
      readJson(join(scratch, entry.replace(/bicep$/, 'json'))),
    ]);
    const diagnostics = unique(printed.flatMap((text) => linesOf(text, scratch)));
    return {
      diagnostics,
      templates: Object.fromEntries(templates),
      // Templates that are wrong would only have the same said of them once per scenario.
      predictions:
        diagnostics.length > 0 ? [] : await inTurn(scenarios, (scenario) => predict(bicep, scenario)),
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** In a copy of its own: the compiler writes beside the parameter file. */
async function predict(
  bicep: string,
  { name, parameters, resourceGroup, environment }: Scenario,
): Promise<Prediction> {
  const scratch = mkdtempSync(join(tmpdir(), 'bicep-predict-'));
  const args = [
    ...['snapshot', parameters, '--mode', 'overwrite', '--location', 'westeurope'],
    ...['--subscription-id', SUBSCRIPTION],
    ...(resourceGroup === undefined ? [] : ['--resource-group', resourceGroup]),
  ];
  try {
    cpSync(join(repositoryRoot, 'infra'), join(scratch, 'infra'), { recursive: true });
    const printed = await runBicep(bicep, args, scratch, environment);
    const written = readJson(join(scratch, parameters.replace(/\.bicepparam$/, '.snapshot.json')));
    const read = prediction.safeParse(written);
    if (read.success) return { scenario: name, ...read.data };
    return {
      scenario: name,
      predictedResources: [],
      diagnostics: [...linesOf(printed, scratch)],
      outputs: {},
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What the compiler complains about goes to stderr, whether it fails or not. */
async function runBicep(
  bicep: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment } };
  try {
    return (await execute(bicep, [...args], options)).stderr;
  } catch (cause) {
    if (cause instanceof Error && 'stderr' in cause && typeof cause.stderr === 'string') {
      return cause.stderr || cause.message;
    }
    throw cause;
  }
}

/** Two at a time: the compiler is a large program, and the machine may be small. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += 2) {
    results.push(...(await Promise.all(items.slice(first, first + 2).map(run))));
  }
  return results;
}

function readJson(path: string): unknown {
  // Where the compiler wrote none, its own words, which are kept, say why.
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

const linesOf = (printed: string, scratch: string): readonly string[] =>
  printed
    .replaceAll(`${scratch}/`, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];
