import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { Command, SelectorInput } from '../../../../../emulator/router/engine/commands.ts';
import { noDelays, realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { JobView, WorkerSelector, WorkerView } from '../../../../../emulator/router/engine/model.ts';
import { satisfiesAll } from '../../../../../emulator/router/engine/selectors.ts';
import { id, playRouter, type RouterPlay } from './playRouter.ts';

/** A step is a choice among what the router shows at that moment, so that random steps reach deep states. */
type Step = (play: Play) => Command | undefined;

interface Play {
  readonly router: RouterPlay;
  /** Who declined what and has neither registered since nor reached the retry, told by the facts alone. */
  readonly declined: Map<string, Instant | undefined>;
  /** The channel each job was last offered through; an assigned job keeps it when it is edited. */
  readonly channelOf: Map<string, string>;
  readonly advance: (milliseconds: number) => void;
}

const queues = ['queue-1', 'queue-2'];
const channelIds = ['voice', 'chat'];
const oneOf = fc.constantFrom;
const queueIds = fc.subarray(queues, { minLength: 1 });
const workerName = oneOf('worker-1', 'worker-2', 'worker-3', 'worker-4');
const jobName = fc.nat(11).map((number) => `job-${number}`);

const pick = <Item>(items: readonly Item[], choice: number): Item | undefined => items[choice % items.length];

const selectors: fc.Arbitrary<readonly SelectorInput[]> = fc.array(
  fc.record({
    key: oneOf('skill', 'team'),
    labelOperator: oneOf('equal', 'notEqual', 'greaterThan', 'lessThanOrEqual'),
    value: oneOf(1, 2, 'x'),
    expedite: fc.boolean(),
  }),
  { maxLength: 2 },
);

const labels = fc.dictionary(oneOf('skill', 'team'), oneOf(1, 2, 'x', null), { maxKeys: 2 });

const channels = fc.uniqueArray(
  fc.record(
    { channelId: oneOf(...channelIds), capacityCostPerJob: oneOf(1, 2), maxNumberOfJobs: oneOf(1, 2) },
    { requiredKeys: ['channelId', 'capacityCostPerJob'] },
  ),
  { minLength: 1, maxLength: 2, selector: ({ channelId }) => channelId },
);

const workerStep: fc.Arbitrary<Step> = fc
  .record(
    {
      name: workerName,
      queues: queueIds,
      capacity: fc.nat(4),
      labels,
      channels,
      availableForOffers: oneOf(true, true, true, false),
    },
    { requiredKeys: ['name'] },
  )
  .map(({ name, queues: served, ...patch }) => ({ router }) => {
    const isNew = router.read.worker(id(name)) === undefined;
    return {
      type: 'UpsertWorker',
      id: id(name),
      patch: {
        ...(isNew && { capacity: 2, channels: [{ channelId: 'voice', capacityCostPerJob: 1 }] }),
        ...(isNew && { queues: queues.map((queue) => id(queue)), availableForOffers: true }),
        ...patch,
        ...(served && { queues: served.map((queue) => id(queue)) }),
      },
    };
  });

const jobStep: fc.Arbitrary<Step> = fc
  .record(
    {
      name: jobName,
      queue: oneOf(...queues),
      channelId: oneOf(...channelIds),
      priority: fc.integer({ min: -2, max: 2 }),
      requestedWorkerSelectors: selectors,
      labels,
      matchingMode: oneOf('queueAndMatch' as const, 'queueAndMatch' as const, 'suspend' as const).map(
        (kind) => ({ kind }),
      ),
    },
    { requiredKeys: ['name'] },
  )
  .map(({ name, queue, ...patch }) => ({ router }) => {
    const isNew = router.read.job(id(name)) === undefined;
    return {
      type: 'UpsertJob',
      id: id(name),
      patch: {
        ...(isNew && { channelId: 'voice', queueId: id('queue-1') }),
        ...patch,
        ...(queue && { queueId: id(queue) }),
      },
    };
  });

const policyStep: fc.Arbitrary<Step> = fc
  .record(
    {
      kind: oneOf('longestIdle', 'roundRobin'),
      maxConcurrentOffers: oneOf(1, 2, 3),
      bypassSelectors: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((mode) => () => ({ type: 'UpsertDistributionPolicy', id: id('policy-1'), patch: { mode } }));

const openOffers = ({ router }: Play) =>
  router.read.workers().flatMap((worker) => worker.offers.map((offer) => ({ worker, offer })));

const acceptStep: fc.Arbitrary<Step> = fc.nat().map((choice) => (play) => {
  const found = pick(openOffers(play), choice);
  return found && { type: 'AcceptOffer', workerId: found.worker.id, offerId: found.offer.offerId };
});

const declineStep: fc.Arbitrary<Step> = fc
  .tuple(fc.nat(), fc.option(fc.integer({ min: -5, max: 50 })))
  .map(([choice, seconds]) => (play) => {
    const found = pick(openOffers(play), choice);
    if (!found) return undefined;
    const retryOfferAt = seconds === null ? undefined : secondsAfter(play.router.now(), seconds);
    play.declined.set(`${found.offer.jobId} ${found.worker.id}`, retryOfferAt);
    return {
      type: 'DeclineOffer',
      workerId: found.worker.id,
      offerId: found.offer.offerId,
      ...(retryOfferAt !== undefined && { retryOfferAt }),
    };
  });

const assignmentStep: fc.Arbitrary<Step> = fc
  .record({
    choice: fc.nat(),
    type: oneOf(
      'CompleteAssignment',
      'CompleteAssignment',
      'CloseAssignment',
      'CloseAssignment',
      'UnassignJob',
    ),
    closeAfter: oneOf(undefined, 0, 20),
    suspendMatching: fc.boolean(),
  })
  .map(({ choice, type, closeAfter, suspendMatching }) => ({ router }) => {
    const held = router.read.workers().flatMap((worker) => worker.assignedJobs);
    const found = pick(held, choice);
    if (!found) return undefined;
    const { jobId, assignmentId } = found;
    if (type === 'UnassignJob') return { type, jobId, assignmentId, suspendMatching };
    if (type === 'CompleteAssignment') return { type, jobId, assignmentId };
    const closeAt = closeAfter === undefined ? undefined : secondsAfter(router.now(), closeAfter);
    return { type, jobId, assignmentId, ...(closeAt !== undefined && { closeAt }) };
  });

const endStep: fc.Arbitrary<Step> = fc.oneof(
  jobName.map(
    (name): Step =>
      () => ({ type: 'CancelJob', jobId: id(name) }),
  ),
  jobName.map(
    (name): Step =>
      () => ({ type: 'DeleteJob', id: id(name) }),
  ),
  workerName.map(
    (name): Step =>
      () => ({ type: 'DeleteWorker', id: id(name) }),
  ),
  oneOf(...queues).map(
    (name): Step =>
      () => ({ type: 'DeleteQueue', id: id(name) }),
  ),
);

const timeStep: fc.Arbitrary<Step> = fc.integer({ min: 1, max: 45_000 }).map((milliseconds) => (play) => {
  play.advance(milliseconds);
  return undefined;
});

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: jobStep },
    { weight: 4, arbitrary: workerStep },
    { weight: 5, arbitrary: acceptStep },
    { weight: 5, arbitrary: assignmentStep },
    { weight: 3, arbitrary: declineStep },
    { weight: 2, arbitrary: endStep },
    { weight: 2, arbitrary: timeStep },
    { weight: 1, arbitrary: policyStep },
  ),
  { maxLength: 120, size: 'max' },
);

function expectSoundState({ read }: RouterPlay): void {
  const jobs = new Map(read.jobs().map((job) => [job.id, job]));
  const assigned = new Map<string, string>();
  for (const worker of read.workers()) {
    expect(worker.availableForOffers).toBe(worker.state === 'active');
    if (worker.state !== 'active') expect(worker.offers).toEqual([]);
    expect(worker.state === 'draining').toBe(!worker.availableForOffers && worker.assignedJobs.length > 0);
    expect(new Set(worker.offers.map((offer) => offer.jobId)).size).toBe(worker.offers.length);
    for (const offer of worker.offers) expect(jobs.get(offer.jobId)?.status).toBe('queued');
    for (const { jobId, assignmentId } of worker.assignedJobs) {
      expect(assigned.has(jobId)).toBe(false);
      assigned.set(jobId, assignmentId);
    }
  }
  for (const job of jobs.values()) {
    const holds = job.status === 'assigned' || job.status === 'completed';
    expect(assigned.get(job.id)).toBe(holds ? job.assignments[0]?.assignmentId : undefined);
  }
}

/** At the moment of an offer the worker has room for it, and what it shows as load is what it holds. */
function expectSoundOffer(router: RouterPlay, worker: WorkerView): void {
  const load = [...worker.offers, ...worker.assignedJobs].reduce(
    (sum, { capacityCost }) => sum + capacityCost,
    0,
  );
  expect(load).toBeLessThanOrEqual(worker.capacity);
  expect(worker.loadRatio).toBeCloseTo(load / worker.capacity);
  expect(router.read.worker(worker.id)).toBeDefined();
}

const maxOffers = (router: RouterPlay) =>
  router.read.distributionPolicies()[0]?.mode.maxConcurrentOffers ?? 0;

function hasRoomFor({ channelOf }: Play, worker: WorkerView, job: JobView): boolean {
  const channel = worker.channels.find(({ channelId }) => channelId === job.channelId);
  if (!channel) return false;
  const held = [...worker.offers, ...worker.assignedJobs];
  const load = held.reduce((sum, { capacityCost }) => sum + capacityCost, 0);
  const onChannel = held.filter(({ jobId }) => channelOf.get(jobId) === job.channelId).length;
  return (
    load + channel.capacityCostPerJob <= worker.capacity &&
    (channel.maxNumberOfJobs === undefined || onChannel < channel.maxNumberOfJobs)
  );
}

/** Nobody is left who could be offered a job: every queued job against every worker, by the rules of the book. */
function expectCompleteMatching(play: Play): void {
  const { router, declined } = play;
  const bypass = router.read.distributionPolicies()[0]?.mode.bypassSelectors ?? false;
  const workers = router.read.workers();
  for (const job of router.read.jobs()) {
    if (job.status !== 'queued') continue;
    const holders = workers.filter((worker) => worker.offers.some((offer) => offer.jobId === job.id));
    if (holders.length >= maxOffers(router)) continue;
    const missed = workers.filter(
      (worker) =>
        worker.state === 'active' &&
        !holders.includes(worker) &&
        job.queueId !== undefined &&
        worker.queues.includes(job.queueId) &&
        (bypass || satisfiesAll(worker.labels, job.requestedWorkerSelectors as readonly WorkerSelector[])) &&
        hasRoomFor(play, worker, job) &&
        !declined.has(`${job.id} ${worker.id}`),
    );
    expect(missed.map((worker) => `${job.id} for ${worker.id}`)).toEqual([]);
  }
}

/** Follows the facts: looks at each offer, and forgets the declines that no longer count. */
function followFacts(play: Play): void {
  const { router, declined, channelOf } = play;
  for (const fact of router.toldFacts()) {
    if (fact.type === 'WorkerOfferIssued') {
      expectSoundOffer(router, fact.worker);
      channelOf.set(fact.job.id, fact.job.channelId);
    }
    for (const pair of [...declined.keys()]) {
      const [jobId, workerId] = pair.split(' ');
      const isOver =
        (fact.type === 'WorkerRegistered' && fact.worker.id === workerId) ||
        (fact.type === 'JobDeleted' && fact.job.id === jobId) ||
        (fact.type === 'WorkerDeleted' && fact.worker.id === workerId);
      if (isOver) declined.delete(pair);
    }
  }
  for (const [pair, retryOfferAt] of declined) {
    if (retryOfferAt !== undefined && retryOfferAt <= router.now()) declined.delete(pair);
  }
}

function begin(delays = noDelays): Play {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const router = playRouter({ delays, random });
  router.openQueue();
  router.queue('queue-2', { distributionPolicyId: id('policy-1') });
  return { router, declined: new Map(), channelOf: new Map(), advance: router.advance };
}

describe('whatever is asked of the router', () => {
  it('holds what it promises after every command', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const play = begin();
        for (const step of all) {
          const command = step(play);
          if (command) play.router.ask<Command['type']>(command);
          followFacts(play);
          expectSoundState(play.router);
          expectCompleteMatching(play);
        }
      }),
      { seed: 20260302, numRuns: 150 },
    );
  });

  it('holds what it promises when delays let everything overlap', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const play = begin(realisticDelays);
        for (const step of all) {
          const command = step(play);
          if (command) play.router.ask<Command['type']>(command);
          play.advance(70);
          followFacts(play);
          expectSoundState(play.router);
        }
        play.advance(1_000);
        followFacts(play);
        expectCompleteMatching(play);
      }),
      { seed: 20260302, numRuns: 100 },
    );
  });
});
