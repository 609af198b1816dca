/**
 * How the engine's matching behaves as queues grow. One life is all that one job costs: create, enqueue, match, accept,
 * complete, close, delete. A match is one MatchQueue that made an offer. The naive scan beside it makes the same offers
 * by looking at everything each time.
 */
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { type BenchOffer, EngineLoad } from './engineLoad.ts';
import { NaiveMatcher } from './naiveMatcher.ts';
import { quantile } from './quantile.ts';
import { type BenchJob, benchJob, benchWorker, type Staff } from './workload.ts';

const WARM_UP_LIVES = 5_000;
const MEASURED_MILLISECONDS = 1_000;
const LIVES_PER_SLICE = 250;
const NAIVE_MILLISECONDS = 200;

const COLUMN = 11;
const HEADINGS = [
  'queues',
  'workers',
  'queued',
  'lives/s',
  'best slice',
  'match p50',
  'p99',
  'growth',
  'naive p50',
  'p99',
];

const fullGrid = {
  queued: [1_000, 10_000, 100_000, 500_000],
  workers: [100, 1_000, 7_500],
  queues: [1, 100, 5_000],
};
const quickGrid = { queued: [1_000, 10_000, 100_000], workers: [100, 1_000], queues: [1, 5_000] };

export function engineBench(isQuick: boolean): void {
  compareWithNaive();
  const { queued, workers, queues } = isQuick ? quickGrid : fullGrid;
  const started = performance.now();
  console.log(
    `${isQuick ? 'About half a minute' : 'Two to four minutes'}; the longest line has ${queued.at(-1)} jobs.\n`,
  );
  console.log(HEADINGS.map((heading) => heading.padStart(COLUMN)).join(''));
  for (const queueCount of queues) {
    for (const workerCount of workers) measureGrowth(queued, { workers: workerCount, queues: queueCount });
  }
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s on Node ${process.version}`);
}

/** One engine per staff; it is measured whenever enough jobs wait. */
function measureGrowth(queued: readonly number[], staff: Staff): void {
  const load = new EngineLoad(staff);
  for (let number = 0; number < staff.workers; number += 1) load.registerWorker(number);
  let smallest: number | undefined;
  for (const count of queued) {
    while (load.waiting < count) load.submitNext();
    const { median: lives, best, matchTimes } = measure(load);
    const naive = measureNaive(count, staff);
    const median = quantile(matchTimes, 0.5);
    smallest ??= median;
    const columns = [
      String(staff.queues),
      String(staff.workers),
      String(count),
      Math.round(lives).toLocaleString('en'),
      Math.round(best).toLocaleString('en'),
      time(median),
      time(quantile(matchTimes, 0.99)),
      `${(median / smallest).toFixed(2)}x`,
      time(quantile(naive, 0.5)),
      time(quantile(naive, 0.99)),
    ];
    console.log(columns.map((column) => column.padStart(COLUMN)).join(''));
  }
}

interface Measured {
  /** Lives per second, of all slices and of the fastest. */
  readonly median: number;
  readonly best: number;
  readonly matchTimes: readonly number[];
}

function measure(load: EngineLoad): Measured {
  for (let count = 0; count < WARM_UP_LIVES; count += 1) load.liveOnce();
  load.matchTimes.length = 0;
  const rates: number[] = [];
  for (const start = performance.now(); performance.now() - start < MEASURED_MILLISECONDS; ) {
    rates.push(sliceRate(load));
  }
  return { median: quantile(rates, 0.5), best: quantile(rates, 1), matchTimes: [...load.matchTimes] };
}

/** Lives per second of a slice that is short enough for some to escape whatever else the machine does. */
function sliceRate(load: EngineLoad): number {
  const start = performance.now();
  for (let count = 0; count < LIVES_PER_SLICE; count += 1) load.liveOnce();
  return (LIVES_PER_SLICE * 1000) / (performance.now() - start);
}

/** The same moment for the naive scan: everybody is busy, jobs wait, and one worker after another becomes free. */
function measureNaive(queued: number, staff: Staff): readonly number[] {
  const naive = new NaiveMatcher();
  for (let number = 0; number < queued; number += 1) naive.submit(benchJob(number, staff));
  const times: number[] = [];
  const start = performance.now();
  for (let count = 0; times.length < 3 || performance.now() - start < NAIVE_MILLISECONDS; count += 1) {
    naive.free(benchWorker(count % staff.workers, staff));
    const before = performance.now();
    const [match] = naive.match();
    times.push(performance.now() - before);
    if (match) naive.submit({ ...match.job, number: queued + count });
  }
  return times;
}

/** Both have to make the same offers, or the comparison says nothing. */
function compareWithNaive(): void {
  const staff = { workers: 30, queues: 7 };
  const [load, naive] = [new EngineLoad(staff), new NaiveMatcher()];
  for (let number = 0; number < staff.workers; number += 1) load.registerWorker(number);
  while (load.waiting < 300) load.submitNext();
  for (let number = 0; number < staff.workers; number += 1) naive.free(benchWorker(number, staff));
  const offers: BenchOffer[] = [];
  const jobs: BenchJob[] = [];
  const submit = (job: BenchJob) => {
    jobs.push(job);
    naive.submit(job);
    offers.push(...naive.match().map((match) => ({ job: match.job.number, worker: match.worker.number })));
  };
  for (let number = 0; number < 300 + staff.workers; number += 1) submit(benchJob(number, staff));
  for (let count = 0; count < 2_000; count += 1) {
    const offer = load.liveOnce();
    assert.deepEqual(offers[count], offer, 'the naive scan and the engine make different offers');
    const served = jobs[offer.job];
    naive.free(benchWorker(offer.worker, staff));
    offers.push(...naive.match().map((match) => ({ job: match.job.number, worker: match.worker.number })));
    if (served) submit({ ...served, number: jobs.length });
  }
}

const time = (milliseconds: number): string =>
  milliseconds < 1 ? `${(milliseconds * 1000).toFixed(1)} µs` : `${milliseconds.toFixed(1)} ms`;
