/**
 * Many jobs through real processes while everything goes wrong that may: events twice and in the wrong order, a router
 * that refuses, fails and does things without saying so, and an app that is killed again and again.
 */
import { eventSubscriptions } from '../emulator/app.ts';
import { seededRandom } from '../emulator/chance.ts';
import { listenForArrivals } from '../emulator/demo/arrivals.ts';
import { readEventReport } from '../emulator/demo/eventReport.ts';
import type { Clock } from '../src/clock.ts';
import type { JobRouter } from '../src/jobRouter/jobRouter.ts';
import { openJobRouter } from '../src/jobRouter/openJobRouter.ts';
import { connectionFrom } from '../src/settings/connectionSettings.ts';
import { type AppProcess, startApp } from './appProcess.ts';
import { busyWorkers } from './busyWorkers.ts';
import { type Driven, drive } from './drive.ts';
import { type EmulatorProcess, startEmulator } from './emulatorProcess.ts';
import { type Books, type Ledger, openBooks } from './ledger.ts';
import { jobNumber, routingDocument } from './routing.ts';
import { submitAll } from './submit.ts';

export interface SoakOptions {
  readonly seed: string;
  /** About how many different events are to happen. */
  readonly events: number;
  readonly kills: number;
  readonly workers: number;
  readonly onProgress: (progress: SoakProgress) => void;
}

export interface SoakProgress {
  readonly closed: number;
  readonly jobs: number;
  readonly kills: number;
}

export interface SoakResult extends Ledger {
  readonly kills: number;
  readonly deadLetters: number;
  /** Workers that still hold something, or are not on duty, with what is wrong. */
  readonly busyWorkers: readonly string[];
  /** How often the app came to each outcome; handlings that a kill cut short are in none. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Time in which nothing would have happened, and which was skipped: the pauses before events come again. */
  readonly skippedSeconds: number;
}

/** A job of the soak makes six events, and a seventh where it is deleted. */
const EVENTS_PER_JOB = 6.5;

const isDeleted = (number: number): boolean => number % 2 === 1;

/** A third of the events come twice, a third behind up to a thousand later ones, and a tenth of the calls go wrong. */
const faultsOf = (seed: string) => ({
  seed,
  deliveries: [
    { kind: 'duplicate', probability: 0.3 },
    { kind: 'reorder', within: 1000, probability: 0.45 },
  ],
  router: [
    { kind: '429', probability: 0.025, retryAfterSeconds: 0 },
    { kind: '500', probability: 0.025 },
    { kind: '503', probability: 0.025 },
    { kind: 'timeoutAfter', probability: 0.025, delayMilliseconds: 20 },
  ],
});

/** Whether it came to what it is for: every job closed once, nothing done twice, nobody left with anything. */
export const isClean = (
  { lost, doubled, busyWorkers, deadLetters, kills }: SoakResult,
  wanted: SoakOptions,
) =>
  lost.length === 0 &&
  doubled.length === 0 &&
  busyWorkers.length === 0 &&
  deadLetters === 0 &&
  kills === wanted.kills;

/** Runs it to the end: every job closed, or nothing left that could still happen. */
export async function soak(options: SoakOptions, clock: Clock): Promise<SoakResult> {
  const outcomes: Record<string, number> = {};
  const emulator = await startEmulator(options.seed);
  try {
    const app = await startApp(emulator.connectionString, (message) => {
      const outcome = readEventReport(message)?.outcome;
      if (outcome !== undefined) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    });
    try {
      return { ...(await play(options, { clock, emulator, app })), outcomes };
    } finally {
      await app.stop();
    }
  } finally {
    await emulator.stop();
  }
}

interface Stage {
  readonly clock: Clock;
  readonly emulator: EmulatorProcess;
  readonly app: AppProcess;
}

async function play(options: SoakOptions, stage: Stage): Promise<Omit<SoakResult, 'outcomes'>> {
  const { clock, emulator, app } = stage;
  const jobs = Math.ceil(options.events / EVENTS_PER_JOB);
  const numbers = Array.from({ length: jobs }, (_, index) => index + 1);
  const books = openBooks();
  const outside = routerOf(stage);
  let heardAt = clock.now().getTime();
  const listener = await listenForArrivals((arrival) => {
    if (books.note(arrival) !== undefined) heardAt = clock.now().getTime();
  });
  try {
    await emulator.subscribe('ledger', listener.url);
    for (const [name, types] of Object.entries(await eventSubscriptions())) {
      await emulator.subscribe(name, app.functionUrl(name), types);
    }
    await provision(app.url, options.workers, false);
    // A deleted job leaves nothing by which a second submission could be told from a first: these go in before the
    // trouble begins.
    await submitAll(app.url, numbers.filter(isDeleted), clock);
    await provision(app.url, options.workers, true);
    await emulator.useFaults(faultsOf(options.seed));
    const [driven] = await Promise.all([
      drive(
        {
          clock,
          emulator,
          app,
          killAt: killPoints(options, jobs),
          closed: books.closed,
          heardAt: () => heardAt,
          onLook: (kills) => options.onProgress({ closed: books.closed(), jobs, kills }),
        },
        async () =>
          books.closed() === jobs &&
          books.deleted() === numbers.filter(isDeleted).length &&
          (await busyWorkers(outside)).length === 0,
      ),
      submitAll(
        app.url,
        numbers.filter((number) => !isDeleted(number)),
        clock,
      ),
    ]);
    await emulator.useFaults(undefined);
    return await tally(stage, books, numbers, driven);
  } finally {
    await listener.close();
  }
}

async function tally(stage: Stage, books: Books, numbers: readonly number[], driven: Driven) {
  return {
    ...books.balance(numbers.map((number) => jobNumber(number).id)),
    kills: driven.kills,
    deadLetters: await stage.emulator.deadLetters(),
    busyWorkers: await busyWorkers(routerOf(stage)),
    skippedSeconds: Math.round(driven.skippedMilliseconds / 1000),
  };
}

/** The router as somebody else reaches it, who asks until he is told. */
function routerOf({ clock, emulator }: Stage): JobRouter {
  const connection = connectionFrom({ COMMUNICATION_CONNECTION_STRING: emulator.connectionString });
  if ('problem' in connection) throw new Error(connection.problem);
  return openJobRouter(connection, { clock });
}

/** How many jobs must be closed for each kill: anywhere between the first and the last of them. */
function killPoints({ seed, kills }: SoakOptions, jobs: number): number[] {
  const random = seededRandom(`${seed}/kills`);
  return Array.from({ length: kills }, () => Math.floor(random() * jobs)).sort((a, b) => a - b);
}

async function provision(appUrl: string, workers: number, areAvailable: boolean): Promise<void> {
  const answer = await fetch(`${appUrl}/api/routing`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(routingDocument(workers, areAvailable)),
  });
  if (!answer.ok) throw new Error(`PUT /api/routing answered ${answer.status}: ${await answer.text()}`);
}
