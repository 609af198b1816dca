/**
 * The commands of the README beside those that readme.test.ts runs, which have a `$` before them. Replays and help are run here;
 * for each of the others it is written down where it is run, and what cannot be run by a test has its reason.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCommand } from '../support/commandLine.ts';
import { startTestSuite, type TestSuite } from '../support/suite.ts';

const runIn: Readonly<Record<string, string>> = {
  'npm ci': '.ci/run',
  'npm test': '.ci/run',
  'npm run check': '.ci/run',
  'npm run demo': 'test/e2e/demo.test.ts',
  'npm run demo -- --jobs 200 --workers 5': 'test/e2e/demo.test.ts',
  'npm run dev': 'test/e2e/commands.test.ts',
  'npm run emulator -- --https': 'test/e2e/commands.test.ts',
  'npm run emulator -- --subscribe http://127.0.0.1:7071/api/router-events': 'test/e2e/commands.test.ts',
  'npm run smoke -- --url https://<app>.azurewebsites.net --provision routing.json': 'test/e2e/smoke.test.ts',
  'npx job-router': 'test/e2e/launch.test.ts',
  'npx job-router emulator': 'test/e2e/launch.test.ts',
  'npx job-router completion bash': 'test/unit/cli/completion/completion.test.ts',
};

const notRun: Readonly<Record<string, string>> = {
  'npm run bench': 'prints figures, which tests do not assert',
  'npm start': 'needs the binary of Core Tools, which is fetched at the first start',
  'cp local.settings.json.example local.settings.json': 'writes into the checkout',
  'npx azurite-queue --silent --inMemoryPersistence':
    'takes port 10001; emulator/azurite.ts starts the same on a free one',
  'NODE_EXTRA_CA_CERTS=.emulator/certificate-7080.pem node index.js': 'stands for the reader’s own program',
  'azd env new job-router-dev': 'needs Azure',
  'azd env set COMMUNICATION_SERVICES_ID <resource id of the Communication Services resource>': 'needs Azure',
  'azd up': 'needs Azure',
};

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const inBlocks = [...readme.matchAll(/^```\w*\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
  block.split('\n'),
);
const inLines = [...readme.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
const commands = new Set(
  [...inBlocks, ...inLines]
    .map((line) => line.replace(/ +#.*$/, '').trim())
    .filter((line) => /^(npm|npx|azd|cp|node|[A-Z_]+=\S+) /.test(line)),
);
const REPLAY = 'npm run replay -- ';
const replays = [...commands].filter((line) => line.startsWith(REPLAY) && !line.includes('<'));
const HELP = 'npm run dev -- --help';

let suite: TestSuite;
beforeAll(async () => {
  suite = await startTestSuite();
});
afterAll(() => suite.close());

it('has no command whose run is not accounted for, and accounts for none that it does not have', () => {
  const accounted = [...Object.keys(runIn), ...Object.keys(notRun), `${REPLAY}<file | folder | story>`, HELP];
  expect([...commands].filter((line) => !replays.includes(line)).sort()).toEqual(accounted.sort());
});

it.each(Object.entries(runIn))('%s is run in %s', async (command, file) => {
  const [, word = ''] = /^(?:npm run|npx job-router|npm) ?(\S*)/.exec(command) ?? [];
  expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(word);
});

it.each(replays)('%s sends everything that a function is subscribed to', async (line) => {
  const words = line
    .slice(REPLAY.length)
    .split(' ')
    .filter((word) => word !== '--url' && !word.startsWith('http'));
  const run = startCommand(['replay', ...words, '--url', suite.host?.url ?? '']);
  const exitCode = await run.exitCode;
  expect(run.lines.at(-1)).toMatch(
    /^\d+ deliveries: [1-9]\d* acknowledged, 0 not acknowledged, \d+ not sent$/,
  );
  expect(exitCode).toBe(0);
});

it(`${HELP} lists what the README promises`, async () => {
  const run = startCommand(['dev', '--help']);
  await expect(run.exitCode).resolves.toBe(0);
  for (const option of ['--clock', '--seed', '--quota', '--data', '--function-keys']) {
    expect(run.lines.join('\n')).toContain(option);
  }
});
