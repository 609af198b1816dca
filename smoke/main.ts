/** `npm run smoke`: reads the words, hands over, sets the exit code. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { systemClock } from '../src/clock.ts';
import { appUnderTest } from './appUnderTest.ts';
import { type Milestone, milestones } from './jobProgress.ts';
import { runSmokeTest } from './smokeTest.ts';

interface SmokeOptions {
  readonly url: string;
  readonly job: string;
  readonly provision?: string;
  readonly until: Milestone;
  readonly limit: number;
}

function seconds(text: string): number {
  const parsed = z.coerce.number().positive().max(86_400).safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('Give a number of seconds.');
  return parsed.data;
}

function address(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('Give http(s)://<host>.');
  return text;
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

async function smoke({ url, job, provision, until, limit }: SmokeOptions): Promise<void> {
  const key = process.env.FUNCTION_KEY || undefined;
  await runSmokeTest({
    app: appUnderTest(url, key),
    clock: systemClock,
    say: (line) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`),
    job: z.looseObject({}).parse(await readJson(job)),
    jobId: `smoke-${randomUUID()}`,
    ...(provision !== undefined && { routing: await readJson(provision) }),
    until,
    limitSeconds: limit,
  });
}

await new Command('smoke')
  .description(
    'Checks a running app: healthy, takes a job, brings it to its end. The key is read from FUNCTION_KEY.',
  )
  .requiredOption('--url <address>', 'the app, for example https://<app>.azurewebsites.net', address)
  .option('--provision <file>', 'apply this routing document first')
  .option('--job <file>', 'the job to submit', fileURLToPath(new URL('job.json', import.meta.url)))
  .addOption(
    new Option('--until <status>', 'how far the job has to come').choices(milestones).default('closed'),
  )
  .option('--limit <seconds>', 'how long to wait for health, and again for the job', seconds, 120)
  .action(async (options: SmokeOptions) => {
    try {
      await smoke(options);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  })
  .parseAsync();
