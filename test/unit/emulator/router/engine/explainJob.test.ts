import { describe, expect, it } from 'vitest';
import { id, playRouter, type RouterPlay } from './playRouter.ts';

const opened = () => {
  const router = playRouter();
  router.openQueue();
  return router;
};

const explained = (router: RouterPlay, worker: string, job = 'job-1') =>
  router.read.explainJob(id(job))?.workers.find(({ workerId }) => workerId === worker);

const level = { key: 'level', labelOperator: 'greaterThan', value: 3 } as const;

describe('the explanation of a job', () => {
  it('tells for each worker of the queue what stood in the way', () => {
    const router = opened();
    router.available('offline', { availableForOffers: false, labels: { level: 5 } });
    router.available('chatting', { channels: [{ channelId: 'chat', capacityCostPerJob: 1 }] });
    router.available('unskilled', { labels: { level: 2 } });
    router.available('offered', { labels: { level: 5 } });
    router.available('idle', { labels: { level: 5 } });
    router.submit('job-1', { requestedWorkerSelectors: [level] });
    const told = router.read.explainJob(id('job-1'));
    expect(told).toMatchObject({ jobId: 'job-1', status: 'queued', queueId: 'queue-1' });
    expect(told?.reasons).toEqual(['It has as many open offers as its distribution policy allows: 1.']);
    expect(told?.workers.map(({ workerId, verdict }) => [workerId, verdict])).toEqual([
      ['chatting', 'notOffered'],
      ['idle', 'couldBeOffered'],
      ['offered', 'offered'],
      ['offline', 'notOffered'],
      ['unskilled', 'notOffered'],
    ]);
    expect(explained(router, 'offline')?.reasons).toEqual(['The worker is inactive.']);
    expect(explained(router, 'chatting')?.reasons).toEqual([
      'The worker does not serve channel voice.',
      'The requested selector level greaterThan 3 does not hold: the worker has no such label.',
    ]);
    expect(explained(router, 'unskilled')).toMatchObject({
      reasons: ['The requested selector level greaterThan 3 does not hold: the label is 2.'],
      selectors: [{ selector: level, from: 'requested', label: 2, holds: false }],
    });
  });

  it('knows room, limits of a channel, declines and assignments', () => {
    const router = opened();
    const channels = [{ channelId: 'voice', capacityCostPerJob: 2, maxNumberOfJobs: 1 }];
    router.available('worker-1', { capacity: 3, channels });
    router.submit('job-1');
    router.decline('worker-1');
    expect(explained(router, 'worker-1')?.reasons).toEqual([
      'The worker has declined the job in its present registration.',
    ]);
    router.submit('job-2');
    router.accept('worker-1');
    expect(explained(router, 'worker-1', 'job-2')?.verdict).toBe('assigned');
    expect(explained(router, 'worker-1')?.reasons[0]).toBe(
      'The worker has no room: a job on voice costs 2, and 1 of 3 is free.',
    );
    router.worker('worker-1', { capacity: 9 });
    expect(explained(router, 'worker-1')?.reasons[0]).toBe(
      'The worker has as many jobs on voice as it may: 1.',
    );
  });

  it('passes over selectors that are expired or bypassed', () => {
    const router = opened();
    router.policy('policy-1', { mode: { bypassSelectors: true } });
    router.submit('job-1', { requestedWorkerSelectors: [level] });
    router.available('worker-1');
    expect(explained(router, 'worker-1')).toMatchObject({
      verdict: 'offered',
      selectors: [{ holds: false }],
    });
  });

  it('says why nobody is offered a job that is not queued', () => {
    const router = opened();
    router.submit('job-1', { matchingMode: { kind: 'suspend' } });
    const reasons = () => router.read.explainJob(id('job-1'))?.reasons;
    expect(reasons()).toEqual(['The job is waitingForActivation; only queued jobs are offered.']);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(reasons()).toEqual(['The job is cancelled.']);
    expect(router.read.explainJob(id('none'))).toBeUndefined();
  });
});
