/** `npm run soak`: reads the words, hands over, prints the ledger, sets the exit code. */
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { systemClock } from '../src/clock.ts';
import { isClean, type SoakResult, soak } from './soak.ts';

interface Options {
  readonly events: number;
  readonly kills: number;
  readonly workers: number;
  readonly seed: string;
}

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const parsed = z.coerce.number().int().min(min).max(max).safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    return parsed.data;
  };

const SHOWN = 10;

/** A list that should be empty, by its length and its first members. */
const offenders = (list: readonly string[]): string =>
  list.length === 0
    ? '0'
    : `${list.length}\n${list
        .slice(0, SHOWN)
        .map((line) => `                       ${line}`)
        .join('\n')}`;

function ledger(result: SoakResult, seconds: number): string {
  const outcomes = Object.entries(result.outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  return [
    `Jobs                   ${result.jobs}`,
    `Jobs closed            ${result.closed}`,
    `Jobs lost              ${offenders(result.lost)}`,
    `Moves made twice       ${offenders(result.doubled)}`,
    `Workers not idle       ${offenders(result.busyWorkers)}`,
    `Events                 ${result.events}, and ${result.deliveredAgain} heard again`,
    `Dead letters           ${result.deadLetters}`,
    `Offers expired         ${result.expiredOffers}`,
    `App killed             ${result.kills} times`,
    `Outcomes               ${outcomes.join(', ')}`,
    `Time                   ${seconds} s, and ${result.skippedSeconds} s of waiting skipped`,
  ].join('\n');
}

async function run(options: Options): Promise<void> {
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} jobs closed, app killed {kills} times, {duration_formatted}',
    noTTYOutput: !process.stderr.isTTY,
    notTTYSchedule: 5000,
  });
  const startedAt = systemClock.now().getTime();
  console.log(`Seed ${options.seed}`);
  let isShown = false;
  const result = await soak(
    {
      ...options,
      onProgress({ jobs, closed, kills }) {
        if (!isShown) bar.start(jobs, 0, { kills });
        isShown = true;
        bar.update(closed, { kills });
      },
    },
    systemClock,
  ).finally(() => bar.stop());
  console.log(`\n${ledger(result, Math.round((systemClock.now().getTime() - startedAt) / 1000))}`);
  if (isClean(result, options)) return;
  console.error(
    `\nNot clean. The same again: npm run soak -- --seed ${options.seed} --events ${options.events}`,
  );
  process.exitCode = 1;
}

await new Command('soak')
  .description(
    'Many jobs through real processes, with events twice and out of order, a failing router and an app that is killed.',
  )
  .option('--events <number>', 'about how many events are to happen', wholeNumber(10, 1_000_000), 10_000)
  .option('--kills <number>', 'how often the app is killed', wholeNumber(0, 1_000), 50)
  .option('--workers <number>', 'how many workers share the jobs', wholeNumber(1, 1_000), 40)
  .option('--seed <text>', 'the same faults, kills and ids again', String(systemClock.now().getTime()))
  .showHelpAfterError()
  .action(async (options: Options) => {
    try {
      await run(options);
    } catch (problem) {
      console.error(problem instanceof Error ? problem.message : String(problem));
      process.exitCode = 1;
    }
  })
  .parseAsync();
