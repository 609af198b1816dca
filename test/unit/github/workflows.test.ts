/** The workflows cannot be run here; what they name must at least exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const scripts: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts;

const folder = '.github/workflows/';
const workflows = readdirSync(new URL(folder, root)).map((name) => `${folder}${name}`);

const workflow = z.looseObject({
  jobs: z.record(
    z.string(),
    z.looseObject({ steps: z.array(z.unknown()).optional(), uses: z.string().optional() }),
  ),
});

const dependabot = z.looseObject({
  updates: z.array(
    z.looseObject({ 'package-ecosystem': z.string(), groups: z.record(z.string(), z.unknown()) }),
  ),
});

/** First groups of all matches. */
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, group]) => group ?? []);

describe.each(workflows)('%s', (path) => {
  const text = read(path);

  it('runs scripts that package.json has', () => {
    const called = all(text, /\bnpm (?:run )?((?!ci\b|run\b)[\w:]+)/g);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    expect(text).toContain('npm');
  });

  it('pins every action to a major version or a commit', () => {
    const actions = all(text, /\buses: (\S+)/g);
    expect(actions.length).toBeGreaterThan(0);
    const local = (action: string) => action.startsWith('./') && existsSync(new URL(action, root));
    expect(actions.filter((action) => !/@(v\d+|[0-9a-f]{40})$/.test(action) && !local(action))).toEqual([]);
  });

  it('starts without any right but to read the sources', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
  });

  it('uses no stored secret', () => {
    expect(text).not.toMatch(/\bsecrets\b/);
  });

  it('is YAML in which every job has steps or calls a workflow', () => {
    const { jobs } = workflow.parse(parse(text, { strict: true }));
    const empty = Object.keys(jobs).filter((name) => !jobs[name]?.steps?.length && !jobs[name]?.uses);
    expect(empty).toEqual([]);
    expect(Object.keys(jobs)).not.toEqual([]);
  });
});

describe('the deployment', () => {
  const text = read('.github/workflows/deploy.yml');

  it('comes after CI, in the environment whose identity it takes, one at a time', () => {
    expect(text).toMatch(/ {2}ci:\n {4}uses: \.\/\.github\/workflows\/ci\.yml/);
    expect(text).toMatch(/ {2}deploy:[\s\S]*\n {4}needs: ci\n[\s\S]*\n {4}environment:/);
    expect(all(text, /^( +)id-token: write/gm)).toEqual(['      ']);
    expect(text).toMatch(/^concurrency:\n {2}group: \S+\n {2}cancel-in-progress: false/m);
  });

  it('asks azd for values that the template gives', () => {
    const outputs = all(read('infra/main.bicep'), /^output (\w+)/gm);
    const asked = all(text, /azd env get-value (\w+)/g);
    expect(asked).not.toEqual([]);
    expect(asked.filter((name) => !outputs.includes(name))).toEqual([]);
  });

  it('ends with the smoke test', () => {
    expect(text.lastIndexOf('npm run smoke')).toBeGreaterThan(text.lastIndexOf('azd deploy'));
  });
});

describe('.github/dependabot.yml', () => {
  it('looks after the npm packages and the actions, in groups', () => {
    const { updates } = dependabot.parse(parse(read('.github/dependabot.yml'), { strict: true }));
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
  });
});
