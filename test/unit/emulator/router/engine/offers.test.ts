import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { CommandOf } from '../../../../../emulator/router/engine/commands.ts';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import { id, NINE_AM, playRouter, SECONDS } from './playRouter.ts';

const opened = (maxConcurrentOffers = 1) => {
  const router = playRouter();
  router.openQueue({ kind: 'longestIdle', maxConcurrentOffers });
  return router;
};

const acceptOf = (workerId: string, offerId: string): CommandOf<'AcceptOffer'> => ({
  type: 'AcceptOffer',
  workerId: id(workerId),
  offerId: id(offerId),
});

describe('an offer', () => {
  it('reserves capacity at once and expires after the seconds of the policy', () => {
    const router = opened();
    router.available('worker-1', { capacity: 10 });
    router.submit('job-1');
    expect(router.workerNamed('worker-1')).toMatchObject({
      offers: [{ jobId: 'job-1', capacityCost: 1, offeredAt: NINE_AM, expiresAt: NINE_AM + 60 * SECONDS }],
      loadRatio: 0.1,
    });
  });

  it('does not move the version of its job, but that of its worker', () => {
    const router = opened();
    const { version } = router.available('worker-1').resource.revision;
    router.submit('job-1');
    expect(router.jobNamed('job-1').revision.version).toBe(1);
    expect(router.workerNamed('worker-1').revision.version).toBe(version + 1);
  });

  it('is issued after the offer delay', () => {
    const router = playRouter({ delays: realisticDelays });
    router.openQueue();
    router.available('worker-1');
    router.submit('job-1');
    router.advance(299);
    expect(router.offered()).toEqual([]);
    router.advance(1);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('accepted becomes an assignment and revokes the offers of the others', () => {
    const router = opened(3);
    for (const name of ['worker-1', 'worker-2', 'worker-3']) router.available(name);
    router.submit('job-1');
    router.told();
    const { assignmentId } = router.accept('worker-2');
    expect(router.told()).toEqual([
      'WorkerOfferAccepted job-1 worker-2',
      'WorkerOfferRevoked job-1 worker-1',
      'WorkerOfferRevoked job-1 worker-3',
    ]);
    expect(router.jobNamed('job-1').assignments).toEqual([
      { assignmentId, workerId: 'worker-2', assignedAt: NINE_AM },
    ]);
    expect(router.offered()).toEqual([]);
  });

  it('carries job and worker in its facts as they were right after each', () => {
    const router = opened(2);
    for (const name of ['worker-1', 'worker-2']) router.available(name);
    router.submit('job-1');
    const issued = router.lastFact('WorkerOfferIssued');
    const seen = JSON.stringify(issued);
    router.accept('worker-1');
    expect(router.lastFact('WorkerOfferAccepted')).toMatchObject({
      job: { status: 'assigned' },
      worker: { id: 'worker-1', offers: [], assignedJobs: [{ jobId: 'job-1' }] },
    });
    expect(router.lastFact('WorkerOfferRevoked').worker).toMatchObject({ id: 'worker-2', loadRatio: 0 });
    expect(JSON.stringify(issued)).toBe(seen);
  });

  it('of a worker who lost the race says that the job is taken', () => {
    const router = opened(2);
    for (const name of ['worker-1', 'worker-2']) router.available(name);
    router.submit('job-1');
    const lost = router.offerTo('worker-2');
    router.accept('worker-1');
    expect(router.refusalOf<'AcceptOffer'>(acceptOf('worker-2', lost))).toEqual({
      kind: 'jobTaken',
      jobId: 'job-1',
      offerId: lost,
    });
    expect(router.refusalOf<'AcceptOffer'>(acceptOf('worker-1', lost))).toMatchObject({
      kind: 'offerNotFound',
    });
  });

  it('can be accepted once, however often it is tried', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    const offerId = router.offerTo('worker-1');
    router.accept('worker-1');
    for (let attempt = 0; attempt < 9; attempt += 1) {
      expect(router.refusalOf<'AcceptOffer'>(acceptOf('worker-1', offerId))).toEqual({
        kind: 'offerNotFound',
        operation: 'accept',
        offerId,
        workerId: 'worker-1',
      });
    }
    expect(router.jobNamed('job-1').assignments).toHaveLength(1);
  });

  it('belongs to one worker', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.available('worker-2');
    const offerId = router.offerTo('worker-1');
    expect(router.refusalOf<'AcceptOffer'>(acceptOf('worker-2', offerId)).kind).toBe('offerNotFound');
    expect(
      router.refusalOf<'DeclineOffer'>({ type: 'DeclineOffer', workerId: id('worker-2'), offerId }),
    ).toMatchObject({ kind: 'offerNotFound', operation: 'decline' });
  });
});

describe('a declined offer', () => {
  it('moves the job on and never comes back to the same registration', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.decline('worker-1');
    expect(router.told()).toEqual(['WorkerOfferDeclined job-1 worker-1']);
    router.worker('worker-1', { labels: { a: 1 } });
    expect(router.offered()).toEqual([]);
    router.available('worker-2');
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it('leaves the worker free for the next job', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.submit('job-2');
    router.decline('worker-1');
    expect(router.offered()).toEqual(['job-2>worker-1']);
  });

  it('may come back once the worker has registered anew', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.decline('worker-1');
    router.worker('worker-1', { availableForOffers: false });
    router.worker('worker-1', { availableForOffers: true });
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('may come back at retryOfferAt, and not before', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.decline('worker-1', 'job-1', secondsAfter(NINE_AM, 30));
    router.advance(30 * SECONDS - 1);
    expect(router.offered()).toEqual([]);
    router.advance(1);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('declined again for good is not brought back by the earlier retry', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.decline('worker-1', 'job-1', secondsAfter(NINE_AM, 30));
    router.worker('worker-1', { availableForOffers: false });
    router.worker('worker-1', { availableForOffers: true });
    router.decline('worker-1');
    router.advance(60 * SECONDS);
    expect(router.offered()).toEqual([]);
  });
});

describe('an expired offer', () => {
  it('takes its worker offline, revokes its other offers and moves the jobs on', () => {
    const router = opened();
    router.available('worker-1', { capacity: 2 });
    router.submit('job-1');
    router.advance(SECONDS);
    router.submit('job-2');
    router.told();
    router.advance(59 * SECONDS - 1);
    expect(router.told()).toEqual([]);
    router.advance(1);
    expect(router.told()).toEqual([
      'WorkerOfferExpired job-1 worker-1',
      'WorkerDeregistered worker-1',
      'WorkerOfferRevoked job-2 worker-1',
    ]);
    expect(router.workerNamed('worker-1')).toMatchObject({
      state: 'inactive',
      availableForOffers: false,
      offers: [],
      loadRatio: 0,
    });
    router.available('worker-2', { capacity: 2 });
    expect(router.offered()).toEqual(['job-1>worker-2', 'job-2>worker-2']);
  });

  it('cannot be accepted from the instant it expires, even if nobody has noticed', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    const offerId = router.offerTo('worker-1');
    router.oversleep(60 * SECONDS);
    expect(router.handle<'AcceptOffer'>(acceptOf('worker-1', offerId))).toMatchObject({
      failure: { kind: 'offerNotFound' },
    });
  });

  it('is not one that was accepted in time', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.accept('worker-1');
    router.told();
    router.advance(600 * SECONDS);
    expect(router.told()).toEqual([]);
    expect(router.workerNamed('worker-1').state).toBe('active');
  });
});
