/** Looks at a finished package as a stranger would: what is in it, and may it leave. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readRoutingDocument } from '../src/routing/document/readRoutingDocument.ts';
import { problemsAmong } from '../src/settings/configProblem.ts';
import { rulesSourceFrom } from '../src/settings/rulesSetting.ts';
import { packageFiles } from './contents.ts';
import { isNamedLikeASecret, secretsIn } from './secretShapes.ts';

export interface PackagedFile {
  /** Relative to the package, with slashes. */
  readonly path: string;
  readonly bytes: number;
}

/** Every file of a folder, by path. */
export async function filesOf(folder: string): Promise<PackagedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const sized = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return { path: relative(folder, path).replaceAll(sep, '/'), bytes: (await stat(path)).size };
  });
  return (await Promise.all(sized)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Everything that speaks against deploying the folder; empty when nothing does. Quotes no secret. */
export async function problemsIn(folder: string): Promise<string[]> {
  const paths = (await filesOf(folder)).map(({ path }) => path);
  const missing = packageFiles.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`);
  const revealing = await Promise.all(paths.map((path) => secretsOf(folder, path)));
  const routing = missing.length === 0 ? await routingProblems(folder) : [];
  return [...missing, ...paths.flatMap(unexpected), ...revealing.flat(), ...routing];
}

function unexpected(path: string): string[] {
  if (isNamedLikeASecret(path)) return [`${path} is a file for secrets and must not be deployed`];
  return packageFiles.includes(path) ? [] : [`${path} does not belong into the package`];
}

async function secretsOf(folder: string, path: string): Promise<string[]> {
  const bytes = await readFile(join(folder, path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return secretsIn(text).map((what) => `${path} holds what looks like ${what}`);
}

/** An app whose rules cannot be read starts and then refuses every event, so it is refused here. */
async function routingProblems(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'routing.json'), 'utf8');
  const environment = standIns(text);
  const rules = rulesSourceFrom('routing.json', { workingDirectory: folder, appRoot: folder }, environment);
  const unusable = problemsAmong({ rules });
  if (unusable.length > 0) return unusable.map(({ problem, fix }) => `routing.json ${problem}; ${fix}`);
  const document = readRoutingDocument(text, { environment, format: 'json' });
  if (document.kind === 'read') return [];
  return document.problems.map(({ pointer, detail }) => `routing.json${pointer}: ${detail}`);
}

/** What placeholders stand for is known where the app runs, and not here. An address passes for most things. */
const standIns = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/\$\{env:(\w+)/g)].map(([, name]) => [name, 'https://example.org/']));
