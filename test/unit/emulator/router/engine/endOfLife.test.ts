import { describe, expect, it } from 'vitest';
import { id, playRouter, SECONDS } from './playRouter.ts';

const DAYS = 24 * 60 * 60 * SECONDS;

const opened = () => {
  const router = playRouter();
  router.policy('policy-1', { offerExpiresAfterSeconds: 365 * 86_400, mode: { kind: 'longestIdle' } });
  router.queue('queue-1', { distributionPolicyId: id('policy-1') });
  return router;
};

describe('a worker that does nothing', () => {
  it('is deregistered after 7 days', () => {
    const router = opened();
    router.available('worker-1');
    router.told();
    router.advance(7 * DAYS - 1);
    expect(router.workerNamed('worker-1').state).toBe('active');
    router.advance(1);
    expect(router.workerNamed('worker-1')).toMatchObject({ state: 'inactive', availableForOffers: false });
    expect(router.told()).toEqual(['WorkerDeregistered worker-1']);
  });

  it('has 7 days more after each write', () => {
    const router = opened();
    router.available('worker-1');
    router.advance(5 * DAYS);
    router.worker('worker-1', { tags: { seen: true } });
    router.advance(7 * DAYS - 1);
    expect(router.workerNamed('worker-1').state).toBe('active');
    router.advance(1);
    expect(router.workerNamed('worker-1').state).toBe('inactive');
  });

  it('is not idle while it holds an offer or an assignment', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.advance(20 * DAYS);
    const assignment = router.accept('worker-1');
    router.advance(20 * DAYS);
    expect(router.workerNamed('worker-1').state).toBe('active');
    router.end(assignment);
    router.advance(14 * DAYS);
    expect(router.workerNamed('worker-1').state).toBe('inactive');
  });

  it('is looked at once, however often it registers', () => {
    const router = opened();
    for (let count = 0; count < 3; count += 1) {
      router.available('worker-1');
      router.worker('worker-1', { availableForOffers: false });
    }
    router.available('worker-1');
    router.told();
    router.advance(30 * DAYS);
    expect(router.told()).toEqual(['WorkerDeregistered worker-1']);
  });
});

describe('a job that is 90 days old', () => {
  it('is deleted, one after the other', () => {
    const router = opened();
    router.submit('job-1');
    router.advance(DAYS);
    router.submit('job-2');
    router.told();
    router.advance(89 * DAYS - 1);
    expect(router.read.jobs()).toHaveLength(2);
    router.advance(1);
    expect(router.read.jobs().map((job) => job.id)).toEqual(['job-2']);
    expect(router.told()).toEqual(['JobDeleted job-1']);
    router.advance(DAYS);
    expect(router.read.jobs()).toEqual([]);
    router.mustDo<'DeleteQueue'>({ type: 'DeleteQueue', id: id('queue-1') });
  });

  it('sets its worker free, or loses its offer', () => {
    const router = opened();
    router.available('worker-1');
    router.available('worker-2');
    router.submit('job-1');
    router.submit('job-2');
    router.accept('worker-1');
    router.told();
    router.advance(90 * DAYS);
    expect(router.told().filter((fact) => !fact.startsWith('WorkerDeregistered'))).toEqual([
      'JobDeleted job-1',
      'WorkerOfferRevoked job-2 worker-2',
      'JobDeleted job-2',
    ]);
    expect(router.workerNamed('worker-1')).toMatchObject({ loadRatio: 0, assignedJobs: [] });
  });

  it('is counted from its creation, also when an earlier job of its name is gone', () => {
    const router = opened();
    router.submit('job-1');
    router.advance(60 * DAYS);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    router.mustDo<'DeleteJob'>({ type: 'DeleteJob', id: id('job-1') });
    router.submit('job-1');
    router.advance(90 * DAYS - 1);
    expect(router.read.jobs()).toHaveLength(1);
    router.advance(1);
    expect(router.read.jobs()).toEqual([]);
  });
});
