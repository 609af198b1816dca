/** What the README shows is what happens: its commands are run one after the other, and what they print is compared. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noDelays } from '../../emulator/router/engine/delays.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../emulator/suite.ts';
import { jobRouter } from '../support/jobRouterCommand.ts';

const PROMPT = '$ npx job-router ';
const HOST = '127.0.0.1:7080';

/** What is shown of a command: its words, and what follows up to the next one. */
interface Shown {
  readonly line: string;
  readonly output: string;
}

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const shown = readme
  .split(/^```\n/m)
  .filter((part) => part.startsWith(PROMPT))
  .flatMap((block) => `\n${block}`.split(`\n${PROMPT}`).slice(1))
  .map((part): Shown => {
    const [line = '', ...output] = part.trim().split('\n');
    return { line, output: output.join('\n') };
  });

let suite: EmulatorSuite;
let folder: string;
beforeAll(async () => {
  suite = await createEmulatorSuite({ delays: noDelays });
  folder = await mkdtemp(join(tmpdir(), 'readme-'));
});
afterAll(async () => {
  await suite.close();
  await rm(folder, { recursive: true });
});

/** On the emulator of this test, and without a file in the repository. */
const wordsOf = (line: string): readonly string[] =>
  line
    .split(' ')
    .flatMap((word) => (word === '--emulator' ? [word, '--endpoint', suite.routerUrl] : [word]))
    .map((word) => (word === 'plan.json' ? join(folder, word) : word));

describe('the README', () => {
  it('shows a plan, an apply and the submission of a job', () => {
    const commands = shown.map(({ line }) => line.split(' ').slice(0, 2).join(' '));
    expect(commands).toEqual(expect.arrayContaining(['plan routing.json', 'apply plan.json', 'jobs submit']));
  });

  it.each(shown)('shows what is printed by: $line', async ({ line, output }) => {
    const { out } = await jobRouter(wordsOf(line));
    expect(out.trim().replaceAll(new URL(suite.routerUrl).host, HOST)).toBe(output);
  });
});
