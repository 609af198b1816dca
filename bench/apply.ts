/**
 * A big routing document, applied through the app's own client to an emulator process that keeps the service's request
 * quota: how long it takes, and that nothing is throttled on the way.
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { DEVELOPMENT_ACCESS_KEY } from '../emulator/accessKey.ts';
import { systemClock } from '../src/clock.ts';
import type { Attempt } from '../src/jobRouter/attempt.ts';
import { openJobRouter } from '../src/jobRouter/openJobRouter.ts';
import { readRoutingDocument } from '../src/routing/document/readRoutingDocument.ts';
import type { ApplyProgress } from '../src/routing/model.ts';
import { applyDocument } from '../src/routing/routing.ts';
import { startServer } from './serverProcess.ts';

const LONGEST_SECONDS = 15;
/** How long everything may wait for the quota, in milliseconds. */
const PATIENCE = 300_000;

const kinds = {
  distributionPolicies: 20,
  classificationPolicies: 30,
  exceptionPolicies: 30,
  queues: 120,
  workers: 700,
  jobs: 100,
};

/** 1,000 objects in five levels, each referring to the one before. */
function bigDocument() {
  const many = <Resource>(count: number, make: (number: number) => Resource): Resource[] =>
    Array.from({ length: count }, (_, number) => make(number));
  return {
    name: 'bench',
    distributionPolicies: many(kinds.distributionPolicies, (number) => ({
      id: `distribution-${number}`,
      offerExpiresAfterSeconds: 60,
      mode: { kind: number % 2 === 0 ? 'longestIdle' : 'roundRobin' },
    })),
    classificationPolicies: many(kinds.classificationPolicies, (number) => ({
      id: `classification-${number}`,
      prioritizationRule: { kind: 'static', value: number },
    })),
    exceptionPolicies: many(kinds.exceptionPolicies, (number) => ({
      id: `exception-${number}`,
      exceptionRules: [
        {
          id: 'too-long',
          trigger: { kind: 'waitTime', thresholdSeconds: 600 },
          actions: [{ kind: 'reclassify', classificationPolicyId: `classification-${number}` }],
        },
      ],
    })),
    queues: many(kinds.queues, (number) => ({
      id: `queue-${number}`,
      distributionPolicyId: `distribution-${number % kinds.distributionPolicies}`,
      exceptionPolicyId: `exception-${number % kinds.exceptionPolicies}`,
      labels: { Region: number % 2 === 0 ? 'EU' : 'US' },
    })),
    workers: many(kinds.workers, (number) => ({
      id: `worker-${number}`,
      capacity: 10,
      queues: [`queue-${number % kinds.queues}`, `queue-${(number + 1) % kinds.queues}`],
      labels: { Skill: number },
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    })),
    jobs: many(kinds.jobs, (number) => ({
      id: `job-${number}`,
      channelId: 'voice',
      queueId: `queue-${number}`,
    })),
  };
}

const startRouter = () =>
  startServer(
    [
      fileURLToPath(new URL('../emulator/main.ts', import.meta.url)),
      ...['emulator', '--port', '0', '--delays', 'none', '--quota'],
    ],
    (output) => (output.includes('\nready') ? /Job Router emulator: +(\S+)/.exec(output)?.[1] : undefined),
  );

export async function applyBench(): Promise<void> {
  const read = readRoutingDocument(bigDocument());
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  const server = await startRouter();
  try {
    const first = await applyTimed(server.url, read, 'created');
    const second = await applyTimed(server.url, read, 'unchanged');
    const isHeld = first.seconds <= LONGEST_SECONDS && first.throttled + second.throttled === 0;
    console.log(
      `\nlimit  ${LONGEST_SECONDS} s, no 429: ${isHeld ? 'held' : 'NOT HELD'}      Node ${process.version}`,
    );
    if (!isHeld) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

async function applyTimed(
  url: string,
  read: Parameters<typeof applyDocument>[1],
  wanted: 'created' | 'unchanged',
): Promise<{ readonly seconds: number; readonly throttled: number }> {
  let [calls, throttled] = [0, 0];
  const watch = ({ status }: Attempt) => {
    calls += 1;
    if (status === 429) throttled += 1;
  };
  // A router of its own, as for a process that begins: nothing is known of what was asked before.
  const connection = { kind: 'accessKey', endpoint: url, key: DEVELOPMENT_ACCESS_KEY } as const;
  const router = openJobRouter(connection, { clock: systemClock, watch });
  const start = performance.now();
  const result = await applyDocument(router.until(new Date(systemClock.now().getTime() + PATIENCE)), read, {
    router: new URL(url).host,
    onProgress: progressLine(start),
  });
  const seconds = (performance.now() - start) / 1000;
  if (result.kind !== 'applied') throw new Error(`The document was not applied: ${JSON.stringify(result)}`);
  const count = result.done[wanted].length;
  console.log(
    `${String(count).padStart(5)} ${wanted.padEnd(10)} in ${seconds.toFixed(2)} s, ${calls} calls, ${throttled} times 429`,
  );
  return { seconds, throttled };
}

/** A line for every level, and for every second in between. */
function progressLine(start: number): (progress: ApplyProgress) => void {
  let toldAt = 0;
  return (progress) => {
    const seconds = (performance.now() - start) / 1000;
    if (progress.kind === 'level') {
      console.log(`  level ${progress.level} of ${progress.levels}: ${progress.changes} changes`);
    } else if (seconds - toldAt >= 1 || progress.done === progress.total) {
      toldAt = seconds;
      console.log(
        `  ${String(progress.done).padStart(5)} of ${progress.total} after ${seconds.toFixed(1)} s`,
      );
    }
  };
}
