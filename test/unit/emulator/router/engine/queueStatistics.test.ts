import { describe, expect, it } from 'vitest';
import { id, playRouter, type RouterPlay, SECONDS } from './playRouter.ts';

const MINUTES = 60 * SECONDS;

const opened = () => {
  const router = playRouter();
  router.policy('policy-1', { offerExpiresAfterSeconds: 86_400, mode: { kind: 'longestIdle' } });
  router.queue('queue-1', { distributionPolicyId: id('policy-1') });
  return router;
};

const statistics = (router: RouterPlay) => router.read.queueStatistics(id('queue-1'));
const position = (router: RouterPlay, name: string) => router.read.jobPosition(id(name));

/** Lets one job of this priority wait for so long until somebody accepts it. */
function waitAndServe(router: RouterPlay, name: string, priority: number, milliseconds: number): void {
  router.submit(name, { priority });
  router.advance(milliseconds);
  router.available('worker-1');
  router.end(router.accept('worker-1', name));
  router.worker('worker-1', { availableForOffers: false });
}

describe('the statistics of a queue', () => {
  it('leave out what is not known', () => {
    expect(statistics(opened())).toEqual({
      queueId: 'queue-1',
      length: 0,
      revision: { version: 0, modifiedAt: expect.any(Number) },
    });
    expect(opened().read.queueStatistics(id('none'))).toBeUndefined();
  });

  it('count queued jobs, offered ones included, and the longest wait since the first enqueue', () => {
    const router = opened();
    router.submit('job-1', { priority: 1 });
    router.advance(90 * SECONDS);
    router.submit('job-2', { priority: 9 });
    router.available('worker-1');
    expect(router.offered()).toEqual(['job-2>worker-1']);
    expect(statistics(router)).toMatchObject({ length: 2, longestJobWaitTimeMinutes: 1.5 });
    router.accept('worker-1');
    expect(statistics(router)?.length).toBe(1);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(statistics(router)).not.toHaveProperty('longestJobWaitTimeMinutes');
  });

  it('find the longest wait among all priorities, expedited or not', () => {
    const router = opened();
    const selector = { key: 'a', labelOperator: 'equal', value: 1, expedite: true } as const;
    router.submit('young', { priority: 50 });
    router.advance(MINUTES);
    router.submit('expedited', { requestedWorkerSelectors: [selector] });
    router.submit('low', { priority: -50 });
    router.advance(MINUTES);
    expect(statistics(router)?.longestJobWaitTimeMinutes).toBe(2);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('young') });
    expect(statistics(router)?.longestJobWaitTimeMinutes).toBe(1);
  });

  it('estimate by the mean of past waits of each priority, rounded up to whole minutes', () => {
    const router = opened();
    waitAndServe(router, 'job-1', 10, 2 * MINUTES);
    waitAndServe(router, 'job-2', 10, 3 * MINUTES);
    waitAndServe(router, 'job-3', -1, 0);
    expect(statistics(router)?.estimatedWaitTimeMinutes).toEqual({ '-1': 0, 10: 3 });
  });

  it('estimate by the latest twenty waits only', () => {
    const router = opened();
    waitAndServe(router, 'first', 1, 100 * MINUTES);
    for (let number = 1; number <= 20; number += 1) waitAndServe(router, `job-${number}`, 1, MINUTES);
    expect(statistics(router)?.estimatedWaitTimeMinutes).toEqual({ 1: 1 });
  });

  it('take no notice of jobs that were cancelled', () => {
    const router = opened();
    router.submit('job-1');
    router.advance(MINUTES);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(statistics(router)).not.toHaveProperty('estimatedWaitTimeMinutes');
  });

  it('have a revision of their own, which moves with every coming and going', () => {
    const router = opened();
    const opening = statistics(router)?.revision.modifiedAt ?? Number.NaN;
    router.advance(MINUTES);
    router.submit('job-1');
    expect(statistics(router)?.revision).toEqual({ version: 1, modifiedAt: opening + MINUTES });
    router.advance(MINUTES);
    router.queue('queue-1', { name: 'Another name' });
    expect(statistics(router)?.revision.version).toBe(1);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(statistics(router)?.revision).toEqual({ version: 2, modifiedAt: opening + 2 * MINUTES });
  });
});

describe('the position of a job', () => {
  it('counts from one, in the order of the queue', () => {
    const router = opened();
    router.submit('job-1');
    router.submit('job-2');
    router.submit('urgent', { priority: 9 });
    expect(['urgent', 'job-1', 'job-2'].map((name) => position(router, name)?.position)).toEqual([1, 2, 3]);
    expect(position(router, 'job-2')).toEqual({
      jobId: 'job-2',
      position: 3,
      queueId: 'queue-1',
      queueLength: 3,
    });
  });

  it('comes with an estimate once there is one for its priority', () => {
    const router = opened();
    waitAndServe(router, 'past', 5, 61 * SECONDS);
    router.submit('job-1', { priority: 5 });
    router.submit('job-2', { priority: 6 });
    expect(position(router, 'job-1')?.estimatedWaitTimeMinutes).toBe(2);
    expect(position(router, 'job-2')).not.toHaveProperty('estimatedWaitTimeMinutes');
  });

  it('is there for queued jobs only', () => {
    const router = opened();
    router.submit('job-1', { matchingMode: { kind: 'suspend' } });
    expect(position(router, 'job-1')).toBeUndefined();
    expect(position(router, 'none')).toBeUndefined();
  });
});
