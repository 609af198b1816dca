import { describe, expect, it } from 'vitest';
import { idFrom, type JobId, type WorkerId } from '../../src/jobRouter/ids.ts';
import type { KillPoint } from '../support/simulation/processLife.ts';
import {
  provisionQueue,
  registerWorker,
  simulatedWorld,
  submitJob,
  type World,
  type WorldOptions,
} from '../support/simulation/world.ts';

interface Story extends Pick<WorldOptions, 'work' | 'maxEventsPerBatch' | 'isSubscribed'> {
  readonly rules: WorldOptions['rules'];
  /** What the undisturbed app brings it to. */
  readonly ends: object;
  /** What others do; the app does the rest. */
  readonly play: (world: World) => Promise<unknown>;
}

const toTheEnd = { name: 'all', accept: 'auto', complete: 'onAccept', close: {}, delete: true };
const work = { url: 'https://work.test', timeoutSeconds: 10 };
const machines = [{ name: 'machines', workerLabels: { Machine: true } }];
const WORKER = idFrom<WorkerId>('worker-1');
const JOB = idFrom<JobId>('job-1');

const submit = (world: World) => submitJob(world, JOB);

const done = {
  jobs: [],
  accepted: 1,
  completed: 1,
  closed: 1,
  deleted: 1,
  workedFor: 0,
  parked: 0,
  workers: [{ id: WORKER, state: 'active', loadRatio: 0, tags: [] }],
};
const worked = { ...done, workedFor: 1 };
const onDuty = (tags: readonly string[]) => ({
  jobs: [],
  workers: [{ id: WORKER, state: 'active', loadRatio: 0, tags }],
});

const stories: Readonly<Record<string, Story>> = {
  'a job from its offer to its deletion': {
    ends: done,
    rules: { rules: [toTheEnd] },
    play: submit,
  },
  'a completion that is put off': {
    ends: done,
    rules: { rules: [{ ...toTheEnd, completeAfterSeconds: 30 }] },
    play: submit,
  },
  'work that is asked for while the event waits': {
    ends: worked,
    rules: { rules: [{ ...toTheEnd, work }] },
    play: submit,
  },
  'work that is asked for from the queue': {
    ends: worked,
    rules: { rules: [{ ...toTheEnd, work: { ...work, timeoutSeconds: 60 } }] },
    play: submit,
  },
  'work that is refused and left to a person': {
    ends: {
      jobs: [{ id: JOB, status: 'assigned', held: 1 }],
      accepted: 1,
      completed: 0,
      workedFor: 1,
      parked: 1,
    },
    rules: { rules: [{ ...toTheEnd, work }] },
    work: { kind: 'refused', message: 'no' },
    play: submit,
  },
  'work that is left to a person and asked for again once its endpoint is mended': {
    ends: worked,
    rules: { rules: [{ ...toTheEnd, work }] },
    work: { kind: 'refused', message: 'no' },
    async play(world) {
      await submit(world);
      await world.time.pass(60);
      world.endpoint.answer = { kind: 'done' };
      await world.resendParkedEvents();
      // What a request that died was handling is hidden for five minutes, and can be resent after that.
      await world.time.pass(301);
      await world.resendParkedEvents();
    },
  },
  'a job whose events never come, and that the reconciler finishes': {
    ends: done,
    rules: { rules: [toTheEnd] },
    isSubscribed: false,
    async play(world) {
      await provisionQueue(world, { offersStandForSeconds: 600 });
      await submit(world);
      await world.time.pass(15);
      // The run that is killed, one that finds all but what has only just happened, and one for that.
      world.reconcileByTimer(3);
    },
  },
  'a machine whose offer expired unheard, and that the reconciler brings back': {
    ends: onDuty(['automation.returns']),
    rules: { rules: [{ ...toTheEnd, accept: 'never' }], automatedWorkers: machines },
    isSubscribed: false,
    async play(world) {
      await submit(world);
      await world.time.pass(61);
      await world.post('/routing/jobs/job-1:cancel');
      world.reconcileByTimer(2);
    },
  },
  'three jobs whose events come in batches, while the router is away for some of them': {
    ends: { ...done, accepted: 3, completed: 3, closed: 3, deleted: 3 },
    rules: { rules: [toTheEnd] },
    maxEventsPerBatch: 10,
    async play(world) {
      await provisionQueue(world, { offersStandForSeconds: 600 });
      world.broken.router = true;
      for (const id of [1, 2, 3]) await submitJob(world, `job-${id}`);
      // Longer than an event is handled, so that each batch leaves something in the queue.
      await world.time.pass(40);
      world.broken.router = false;
    },
  },
  'a job that is cancelled while it waits': {
    ends: { jobs: [], accepted: 0, deleted: 1 },
    rules: { rules: [{ ...toTheEnd, accept: 'never' }] },
    async play(world) {
      await submit(world);
      await world.time.pass(1);
      await world.post('/routing/jobs/job-1:cancel');
    },
  },
  'a suspended job that is activated': {
    ends: done,
    rules: { rules: [{ ...toTheEnd, rescue: { activate: true } }] },
    play: ({ patch }) =>
      patch('/routing/jobs/job-1', {
        channelId: 'voice',
        queueId: 'queue',
        matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: '2026-03-02T09:00:30Z' },
      }),
  },
  'a job whose classification failed': {
    ends: done,
    rules: { rules: [{ ...toTheEnd, rescue: { fallbackQueue: 'queue' } }] },
    async play({ patch }) {
      await patch('/routing/classificationPolicies/nowhere', {});
      await patch('/routing/jobs/job-1', { channelId: 'voice', classificationPolicyId: 'nowhere' });
    },
  },
  'a machine whose offer expired': {
    ends: onDuty(['automation.offersExpiredAt', 'automation.returns']),
    rules: { rules: [{ ...toTheEnd, accept: 'never' }], automatedWorkers: machines },
    async play(world) {
      await submit(world);
      await world.time.pass(60);
      await world.post('/routing/jobs/job-1:cancel');
    },
  },
  'a machine that signed off': {
    ends: { workers: [{ id: WORKER, state: 'inactive', loadRatio: 0, tags: ['automation.signedOffAt'] }] },
    rules: { rules: [], automatedWorkers: machines },
    play: ({ outside }) => outside.upsertWorker(WORKER, { availableForOffers: false }),
  },
};

/** Long enough for Event Grid to come again several times. */
const AFTERWARDS_SECONDS = 900;

async function played(story: Story, killAt?: KillPoint): Promise<World> {
  const world = await simulatedWorld({ ...story, ...(killAt && { killAt }) });
  await provisionQueue(world);
  await registerWorker(world, WORKER);
  await world.time.pass(1);
  await story.play(world);
  await world.time.pass(AFTERWARDS_SECONDS);
  return world;
}

/** What the router holds in the end, and how often each thing happened that must happen once. */
function ending({ router, eventGrid, worked, parkedEvents }: World) {
  const happened = (type: string) => eventGrid.events().filter((event) => event.type.endsWith(type)).length;
  return {
    jobs: router.read.jobs().map(({ id, status, assignments }) => ({ id, status, held: assignments.length })),
    workers: router.read.workers().map(({ id, state, loadRatio, tags }) => ({
      id,
      state,
      loadRatio,
      tags: Object.keys(tags).sort(),
    })),
    accepted: happened('RouterWorkerOfferAccepted'),
    completed: happened('RouterJobCompleted'),
    closed: happened('RouterJobClosed'),
    deleted: happened('RouterJobDeleted'),
    workedFor: new Set(worked).size,
    // An event that comes again may be parked again: what counts is that a person finds it.
    parked: new Set(parkedEvents().map(({ event }) => JSON.stringify(event))).size,
  };
}

describe.each(Object.entries(stories))('%s', (_, story) => {
  it('ends the same wherever the app is killed: before and after each of its calls', async () => {
    const undisturbed = await played(story);
    expect(undisturbed.calls()).toBeGreaterThan(0);
    expect(ending(undisturbed)).toMatchObject(story.ends);
    expect(Math.max(...undisturbed.requests) > 1).toBe(story.maxEventsPerBatch !== undefined);
    for (let call = 1; call <= undisturbed.calls(); call += 1) {
      for (const side of ['before', 'after'] as const) {
        const world = await played(story, { call, side });
        expect({ killed: `${side} call ${call}`, ...ending(world) }).toEqual({
          killed: `${side} call ${call}`,
          ...ending(undisturbed),
        });
      }
    }
  });
});
