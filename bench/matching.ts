/**
 * How the router engine's matching behaves as queues grow: 100 workers and 20 selector signatures, with more and
 * more jobs waiting. One cycle is what one accepted offer costs in all: accept, complete, close, the match of the
 * freed worker, deletion of the closed job and a new job that takes its place, so that the queue stays as long.
 */
import { performance } from 'node:perf_hooks';
import { instant } from '../emulator/clock/instant.ts';
import type { Command, CommandOf, CommandType } from '../emulator/router/engine/commands.ts';
import { createRouterEngine } from '../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../emulator/router/engine/delays.ts';
import type { Fact } from '../emulator/router/engine/facts.ts';
import { idFrom, type JobId, type QueueId } from '../emulator/router/engine/ids.ts';
import { parseExpression } from '../emulator/router/rules/parseExpression.ts';

const WORKERS = 100;
const SIGNATURES = 20;
const CYCLES = 5_000;

const queueId = idFrom<QueueId>('queue');

function createBench() {
  let ids = 0;
  let jobs = 0;
  let now = instant(Date.UTC(2026, 2, 2));
  const engine = createRouterEngine(
    { now: () => now, newId: () => `id-${ids++}`, random: () => 0, parseExpression },
    noDelays,
  );
  let handledCommands = 0;
  const open: Extract<Fact, { type: 'WorkerOfferIssued' }>[] = [];

  function send<Type extends CommandType>(command: CommandOf<Type>) {
    const due: Command[] = [];
    const take = (handled: ReturnType<typeof engine.handle>) => {
      handledCommands += 1;
      for (const fact of handled.facts) if (fact.type === 'WorkerOfferIssued') open.push(fact);
      for (const { at, command: next } of handled.later) if (at <= now) due.push(next);
    };
    const handled = engine.handle(command);
    if (!handled.answer.ok) throw new Error(`${command.type} was refused: ${handled.answer.failure.kind}`);
    take(handled);
    for (let next = due.shift(); next; next = due.shift()) take(engine.handle(next));
    return handled.answer.value;
  }

  function submitJob() {
    const number = jobs++;
    now = instant(now + 1);
    send<'UpsertJob'>({
      type: 'UpsertJob',
      id: idFrom<JobId>(`job-${number}`),
      patch: {
        channelId: 'voice',
        queueId,
        priority: number % 7,
        requestedWorkerSelectors: [
          { key: 'team', labelOperator: 'equal', value: number % SIGNATURES },
          { key: 'level', labelOperator: 'greaterThanOrEqual', value: 1 },
        ],
      },
    });
  }

  function openQueue() {
    const policy = idFrom<CommandOf<'UpsertDistributionPolicy'>['id']>('policy');
    send<'UpsertDistributionPolicy'>({
      type: 'UpsertDistributionPolicy',
      id: policy,
      patch: { offerExpiresAfterSeconds: 1e6, mode: { kind: 'longestIdle' } },
    });
    send<'UpsertQueue'>({ type: 'UpsertQueue', id: queueId, patch: { distributionPolicyId: policy } });
  }

  function registerWorkers() {
    for (let number = 0; number < WORKERS; number += 1) {
      send<'UpsertWorker'>({
        type: 'UpsertWorker',
        id: idFrom(`worker-${number}`),
        patch: {
          queues: [queueId],
          capacity: 1,
          labels: { team: number % SIGNATURES, level: 2 },
          channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
          availableForOffers: true,
        },
      });
    }
  }

  function serveOneOffer() {
    const issued = open.shift();
    if (!issued) throw new Error('No offer is open');
    const { offer, worker } = issued;
    const { jobId, assignmentId } = send<'AcceptOffer'>({
      type: 'AcceptOffer',
      workerId: worker.id,
      offerId: offer.offerId,
    });
    send<'CompleteAssignment'>({ type: 'CompleteAssignment', jobId, assignmentId });
    send<'CloseAssignment'>({ type: 'CloseAssignment', jobId, assignmentId });
    send<'DeleteJob'>({ type: 'DeleteJob', id: jobId });
    submitJob();
  }

  return { openQueue, registerWorkers, submitJob, serveOneOffer, handledCommands: () => handledCommands };
}

const timed = (run: () => void): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

const repeated = (times: number, run: () => void) => () => {
  for (let count = 0; count < times; count += 1) run();
};

interface Measured {
  readonly submit: number;
  readonly cycle: number;
  readonly commandsPerCycle: number;
}

function measure(queued: number): Measured {
  const bench = createBench();
  bench.openQueue();
  const submit = timed(repeated(queued + WORKERS, bench.submitJob)) / (queued + WORKERS);
  bench.registerWorkers();
  repeated(500, bench.serveOneOffer)();
  const before = bench.handledCommands();
  const cycle = timed(repeated(CYCLES, bench.serveOneOffer)) / CYCLES;
  return { submit, cycle, commandsPerCycle: (bench.handledCommands() - before) / CYCLES };
}

const microseconds = (milliseconds: number) => `${(milliseconds * 1000).toFixed(1)} µs`.padStart(10);

measure(1_000);
console.log(`${WORKERS} workers, ${SIGNATURES} signatures, ${CYCLES} accepted offers per line`);
console.log('queued jobs    submit  per accepted offer   commands/s');
let smallest: number | undefined;
for (const queued of [1_000, 10_000, 50_000]) {
  const { submit, cycle, commandsPerCycle } = measure(queued);
  smallest ??= cycle;
  const perSecond = Math.round((commandsPerCycle * 1000) / cycle).toLocaleString('en');
  const growth = `${(cycle / smallest).toFixed(2)}x`;
  console.log(
    `${String(queued).padStart(11)}${microseconds(submit)}${microseconds(cycle)} (${growth})${perSecond.padStart(13)}`,
  );
}
