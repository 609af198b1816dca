import { describe, expect, it } from 'vitest';
import type { SelectorInput, WorkerPatch } from '../../../../../emulator/router/engine/commands.ts';
import { noDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { DistributionModeKind } from '../../../../../emulator/router/engine/model/distributionPolicy.ts';
import { id, playRouter, type RouterPlay, SECONDS } from './playRouter.ts';

const opened = (kind: DistributionModeKind = 'longestIdle') => {
  const router = playRouter();
  router.openQueue({ kind });
  return router;
};

const skill = (value: number): SelectorInput => ({
  key: 'skill',
  labelOperator: 'greaterThanOrEqual',
  value,
});

const voice = (patch: WorkerPatch): WorkerPatch => ({
  queues: [id('queue-1')],
  capacity: 1,
  channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
  availableForOffers: true,
  ...patch,
});

/** The jobs a worker with room for one gets, one after the other. */
function served(router: RouterPlay, name: string, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const assignment = router.accept(name);
    router.end(assignment);
    return assignment.jobId;
  });
}

describe('the order of jobs', () => {
  it('is expedited first, then priority, then seniority, across signatures', () => {
    const router = opened();
    router.submit('old');
    router.advance(SECONDS);
    router.submit('young');
    router.submit('young-too', { requestedWorkerSelectors: [skill(1)] });
    router.submit('urgent', { priority: 9 });
    router.submit('low', { priority: -5, requestedWorkerSelectors: [skill(2)] });
    router.submit('expedited', { requestedWorkerSelectors: [{ ...skill(3), expedite: true }] });
    router.available('worker-1', { labels: { skill: 5 } });
    expect(served(router, 'worker-1', 6)).toEqual([
      'expedited',
      'urgent',
      'old',
      'young',
      'young-too',
      'low',
    ]);
  });

  it('holds for the jobs that are left to a worker who declined the first', () => {
    const router = opened();
    router.submit('middle', { priority: 5, requestedWorkerSelectors: [skill(1)] });
    router.submit('declined', { priority: 9 });
    router.submit('low', { priority: 1 });
    router.available('worker-1', { labels: { skill: 5 } });
    router.decline('worker-1', 'declined');
    expect(router.offered()).toEqual(['middle>worker-1']);
  });

  it('follows an edit of the priority', () => {
    const router = opened();
    for (const name of ['a', 'b', 'c']) router.submit(name);
    router.job('c', { priority: 2 });
    router.job('b', { priority: 3 });
    router.available('worker-1');
    expect(served(router, 'worker-1', 3)).toEqual(['b', 'c', 'a']);
  });

  it('gives an unassigned job its place back', () => {
    const router = opened();
    router.submit('first');
    router.advance(SECONDS);
    router.submit('second');
    router.available('worker-1');
    const { jobId, assignmentId } = router.accept('worker-1');
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', jobId, assignmentId });
    expect(router.offered()).toEqual(['first>worker-1']);
  });

  it('holds against a job that comes back in the very moment that frees a worker of several queues', () => {
    const router = opened();
    router.queue('queue-2', { distributionPolicyId: id('policy-1') });
    router.available('worker-1', { queues: [id('queue-1'), id('queue-2')] });
    router.submit('low', { queueId: id('queue-2') });
    const { jobId, assignmentId } = router.accept('worker-1');
    router.submit('high', { queueId: id('queue-2'), priority: 9 });
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', jobId, assignmentId });
    expect(router.offered()).toEqual(['high>worker-1']);
  });

  it('holds while a worker that gained room has yet to look for work', () => {
    let chance = 0.999;
    const delays = { ...noDelays, offer: { min: 0, max: 500 } };
    const router = playRouter({ delays, random: () => chance });
    router.openQueue();
    router.available('worker-1');
    router.submit('first');
    router.advance(SECONDS);
    const assignment = router.accept('worker-1');
    router.submit('high', { priority: 9 });
    router.advance(SECONDS);
    router.end(assignment);
    chance = 0;
    router.submit('low');
    expect(router.offered()).toEqual(['high>worker-1']);
  });

  it('is one order over all the queues of a worker', () => {
    const router = opened();
    router.queue('queue-2', { distributionPolicyId: id('policy-1') });
    router.submit('here', { priority: 1 });
    router.submit('there', { priority: 2, queueId: id('queue-2') });
    router.available('worker-1', { queues: [id('queue-1'), id('queue-2')] });
    expect(served(router, 'worker-1', 2)).toEqual(['there', 'here']);
  });

  it('is one order over all the queues of a worker, also when the first job of all is not for it', () => {
    const router = opened();
    router.queue('queue-2', { distributionPolicyId: id('policy-1') });
    router.submit('too hard', { priority: 9, requestedWorkerSelectors: [skill(5)] });
    router.submit('low', { priority: 1 });
    router.submit('middle', { priority: 5, queueId: id('queue-2') });
    router.available('worker-1', { queues: [id('queue-1'), id('queue-2')] });
    expect(served(router, 'worker-1', 2)).toEqual(['middle', 'low']);
  });
});

describe('longest idle', () => {
  it('offers to the worker available for longest', () => {
    const router = opened();
    router.available('worker-2');
    router.available('worker-1');
    router.submit('job-1');
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it('offers to the lowest load first, offers counted', () => {
    const router = opened();
    router.available('small', { capacity: 2 });
    router.available('large', { capacity: 10 });
    for (const name of ['job-1', 'job-2', 'job-3']) router.submit(name);
    expect(router.offered()).toEqual(['job-1>small', 'job-2>large', 'job-3>large']);
  });

  it('puts a worker that ended its work behind those that waited', () => {
    const router = opened();
    router.available('worker-1');
    router.available('worker-2');
    router.submit('job-1');
    router.end(router.accept('worker-1'));
    router.submit('job-2');
    expect(router.offered()).toEqual(['job-2>worker-2']);
  });

  it('chooses among several freed workers in its order, too', () => {
    const router = opened();
    router.submit('job-1');
    router.handle<'UpsertWorker'>({
      type: 'UpsertWorker',
      id: id('late'),
      patch: voice({ capacity: 2 }),
    });
    router.handle<'UpsertWorker'>({ type: 'UpsertWorker', id: id('later'), patch: voice({}) });
    router.advance(0);
    expect(router.offered()).toEqual(['job-1>late']);
  });
});

describe('round robin', () => {
  it('goes round by id, whoever registered first', () => {
    const router = opened('roundRobin');
    for (const name of ['c', 'a', 'b']) router.available(name, { capacity: 9 });
    for (const name of ['job-1', 'job-2', 'job-3', 'job-4']) router.submit(name);
    expect(router.offered()).toEqual(['job-1>a', 'job-2>b', 'job-3>c', 'job-4>a']);
  });

  it('skips who cannot serve and goes on behind who was offered last', () => {
    const router = opened('roundRobin');
    router.available('a', { capacity: 9 });
    router.available('b', { capacity: 9, labels: { skill: 1 } });
    router.available('c', { capacity: 9 });
    router.submit('job-1', { requestedWorkerSelectors: [skill(1)] });
    router.submit('job-2');
    expect(router.offered()).toEqual(['job-1>b', 'job-2>c']);
  });

  it('goes on behind who was offered last among freed workers, too', () => {
    const router = opened('roundRobin');
    router.available('b');
    router.submit('job-1');
    router.worker('b', { availableForOffers: false });
    for (const name of ['a', 'c']) {
      router.handle<'UpsertWorker'>({ type: 'UpsertWorker', id: id(name), patch: voice({}) });
    }
    router.advance(0);
    expect(router.offered()).toEqual(['job-1>c']);
  });

  it('takes over when the policy is changed', () => {
    const router = opened();
    router.available('b', { capacity: 9 });
    router.available('a', { capacity: 9 });
    router.policy('policy-1', { mode: { kind: 'roundRobin' } });
    router.submit('job-1');
    expect(router.offered()).toEqual(['job-1>a']);
  });
});

describe('who may be offered a job', () => {
  it.each<[string, WorkerPatch]>([
    ['another queue', { queues: [id('queue-2')] }],
    ['another channel', { channels: [{ channelId: 'chat', capacityCostPerJob: 1 }] }],
    ['too little capacity', { channels: [{ channelId: 'voice', capacityCostPerJob: 2 }] }],
    ['too little skill', { labels: { skill: 9 } }],
    ['no such label', { labels: {} }],
    ['a label of another type', { labels: { skill: '11' } }],
    ['no registration', { availableForOffers: false }],
  ])('is nobody with %s', (_, patch) => {
    const router = opened();
    router.queue('queue-2', { distributionPolicyId: id('policy-1') });
    router.available('worker-1', { labels: { skill: 11 }, ...patch });
    router.submit('job-1', { requestedWorkerSelectors: [skill(10)] });
    expect(router.offered()).toEqual([]);
  });

  it('is a worker who came to have what it takes', () => {
    const router = opened();
    router.available('worker-1', { labels: { skill: 9 } });
    router.submit('job-1', { requestedWorkerSelectors: [skill(10)] });
    expect(router.offered()).toEqual([]);
    router.worker('worker-1', { labels: { skill: 10 } });
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('is the one worker a selector on Id names', () => {
    const router = opened();
    for (const name of ['worker-1', 'worker-2']) router.available(name);
    router.submit('job-1', {
      requestedWorkerSelectors: [{ key: 'Id', labelOperator: 'equal', value: 'worker-2' }],
    });
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it('is anybody in the queue with the channel when the policy bypasses selectors', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1', { requestedWorkerSelectors: [skill(10)] });
    router.submit('job-2', { channelId: 'chat' });
    router.policy('policy-1', { mode: { bypassSelectors: true } });
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });
});

describe('how many offers there are', () => {
  it('is as many as capacity allows for a worker, each channel at its cost', () => {
    const router = opened();
    router.available('worker-1', {
      capacity: 5,
      channels: [
        { channelId: 'voice', capacityCostPerJob: 3 },
        { channelId: 'chat', capacityCostPerJob: 1 },
      ],
    });
    router.submit('call-1');
    router.submit('call-2');
    for (const name of ['chat-1', 'chat-2', 'chat-3']) router.submit(name, { channelId: 'chat' });
    expect(router.offered()).toEqual(['call-1>worker-1', 'chat-1>worker-1', 'chat-2>worker-1']);
  });

  it('is at most maxNumberOfJobs on a channel, assignments counted', () => {
    const router = opened();
    router.available('worker-1', {
      capacity: 9,
      channels: [{ channelId: 'voice', capacityCostPerJob: 1, maxNumberOfJobs: 2 }],
    });
    for (const name of ['job-1', 'job-2', 'job-3']) router.submit(name);
    const first = router.accept('worker-1', 'job-1');
    expect(router.offered()).toEqual(['job-2>worker-1']);
    router.end(first);
    expect(router.offered()).toEqual(['job-2>worker-1', 'job-3>worker-1']);
  });

  it('is at most maxConcurrentOffers for a job, and one for each worker', () => {
    const router = opened();
    router.policy('policy-1', { mode: { minConcurrentOffers: 2, maxConcurrentOffers: 2 } });
    router.available('worker-1', { capacity: 9 });
    router.submit('job-1');
    expect(router.offered()).toEqual(['job-1>worker-1']);
    for (const name of ['worker-2', 'worker-3']) router.available(name);
    expect(router.offered()).toEqual(['job-1>worker-1', 'job-1>worker-2']);
    router.decline('worker-2');
    expect(router.offered()).toEqual(['job-1>worker-1', 'job-1>worker-3']);
  });

  it('grows with the policy and leaves open offers alone when it shrinks', () => {
    const router = opened();
    for (const name of ['worker-1', 'worker-2']) router.available(name);
    router.submit('job-1');
    router.policy('policy-1', { mode: { maxConcurrentOffers: 2 } });
    expect(router.offered()).toEqual(['job-1>worker-1', 'job-1>worker-2']);
    router.policy('policy-1', { mode: { maxConcurrentOffers: 1 } });
    expect(router.offered()).toEqual(['job-1>worker-1', 'job-1>worker-2']);
    router.decline('worker-1');
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it('follows the queue to another policy', () => {
    const router = opened();
    for (const name of ['worker-1', 'worker-2']) router.available(name);
    router.submit('job-1');
    router.policy('policy-2', {
      offerExpiresAfterSeconds: 5,
      mode: { kind: 'roundRobin', maxConcurrentOffers: 2 },
    });
    router.queue('queue-1', { distributionPolicyId: id('policy-2') });
    expect(router.offered()).toEqual(['job-1>worker-1', 'job-1>worker-2']);
  });
});
