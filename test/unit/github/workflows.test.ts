/** The workflows cannot be run here; what they name must at least exist. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { pinnedVersion } from '../../../infra/check/compiler/pinnedVersion.ts';

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

const steps = z.looseObject({
  jobs: z.looseObject({
    deploy: z.looseObject({
      steps: z.array(z.looseObject({ name: z.string().optional(), run: z.string().optional() })),
    }),
  }),
});

/** What the step that takes over the variables gives to azd, with a stand-in that also reads its standard input. */
function valuesSet(text: string, variables: Readonly<Record<string, string>>): Record<string, string> {
  const { deploy } = steps.parse(parse(text)).jobs;
  const script = deploy.steps.find(({ name }) => name === 'Take over the variables')?.run ?? 'exit 1';
  const folder = mkdtempSync(join(tmpdir(), 'variables-'));
  try {
    const azd = join(folder, 'azd');
    writeFileSync(
      azd,
      '#!/bin/sh\ncat > /dev/null\n[ "$2" = set ] && printf "%s\\0%s\\0" "$3" "$4" >> "$SET"\nexit 0\n',
    );
    chmodSync(azd, 0o755);
    const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        SET: join(folder, 'set'),
        VARIABLES: JSON.stringify(variables),
        AZURE_ENV_NAME: 'e',
        AZURE_SUBSCRIPTION_ID: 's',
        AZURE_LOCATION: 'l',
      },
      input: '',
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const words = readFileSync(join(folder, 'set'), 'utf8').split('\0').slice(0, -1);
    return Object.fromEntries(
      words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : [])),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('CI', () => {
  it('compiles the infrastructure once, with the compiler the project pins', () => {
    const text = read('.github/workflows/ci.yml');
    expect(all(text, /az bicep install --version v(\S+)/g)).toEqual([pinnedVersion()]);
    expect(all(text, /npm run (check(?::infra)?)$/gm)).toEqual(['check']);
    expect(scripts.check).toContain('check:infra');
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

  const hasJq = spawnSync('jq', ['--version']).status === 0;

  it.skipIf(!hasJq)('hands every variable to azd as it is, of several lines too (skipped without jq)', () => {
    const variables = {
      AUTOMATION_RULES: '{\n\t"rules": ["a\\\\n \\"b\\""]\n}',
      EMPTY: '',
      ALERT_EMAIL: 'a b@c',
    };
    expect(valuesSet(text, variables)).toEqual(variables);
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
