import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { CommandOf } from '../../../../../emulator/router/engine/commands.ts';
import { id, NINE_AM, playRouter, SECONDS } from './playRouter.ts';

/** A worker with room for three who sees one offer at a time, and two jobs, the second a second later. */
const limited = () => {
  const router = playRouter();
  router.openQueue();
  router.available('worker-1', { capacity: 3, maxConcurrentOffers: 1 });
  router.submit('job-1');
  router.advance(SECONDS);
  router.submit('job-2');
  return router;
};

const hiddenOfferId = (router: ReturnType<typeof limited>) => {
  const issued = router.toldFacts().flatMap((fact) => ('offer' in fact ? [fact.offer.offerId] : []));
  const shown = router.offerTo('worker-1');
  expect(issued).toEqual([shown]);
  return id<typeof shown>(`id-${Number(shown.slice(3)) + 1}`);
};

describe('a worker with limited offers', () => {
  it('is offered one job, and shows no load of the one it does not see yet', () => {
    const router = limited();
    expect(router.offered()).toEqual(['job-1>worker-1']);
    expect(router.workerNamed('worker-1')).toMatchObject({ maxConcurrentOffers: 1, loadRatio: 1 / 3 });
    expect(router.told().filter((fact) => fact.startsWith('WorkerOfferIssued'))).toEqual([
      'WorkerOfferIssued job-1 worker-1',
    ]);
  });

  it('sees the next offer when it accepts, with part of its life gone', () => {
    const router = limited();
    router.told();
    router.advance(20 * SECONDS);
    router.accept('worker-1');
    expect(router.workerNamed('worker-1').offers).toMatchObject([
      { jobId: 'job-2', offeredAt: secondsAfter(NINE_AM, 1), expiresAt: secondsAfter(NINE_AM, 61) },
    ]);
    expect(router.told()).toEqual(['WorkerOfferAccepted job-1 worker-1', 'WorkerOfferIssued job-2 worker-1']);
  });

  it('sees the next offer when it declines', () => {
    const router = limited();
    router.told();
    router.decline('worker-1', 'job-1');
    expect(router.offered()).toEqual(['job-2>worker-1']);
    expect(router.told()).toEqual(['WorkerOfferDeclined job-1 worker-1', 'WorkerOfferIssued job-2 worker-1']);
  });

  it('can neither accept nor decline what it does not see', () => {
    const router = limited();
    const workerId = id<never>('worker-1');
    const offerId = hiddenOfferId(router);
    for (const type of ['AcceptOffer', 'DeclineOffer'] as const) {
      expect(router.refusalOf<typeof type>({ type, workerId, offerId })).toMatchObject({
        kind: 'offerNotFound',
      });
    }
    router.accept('worker-1');
    router.mustDo<'AcceptOffer'>({ type: 'AcceptOffer', workerId, offerId });
  });

  it('goes offline with the one it saw, and nothing is said of the other', () => {
    const router = limited();
    router.told();
    router.advance(59 * SECONDS);
    expect(router.told()).toEqual(['WorkerOfferExpired job-1 worker-1', 'WorkerDeregistered worker-1']);
    router.available('worker-2', { capacity: 2 });
    expect(router.offered()).toEqual(['job-1>worker-2', 'job-2>worker-2']);
  });

  it('stays registered when an offer expires that it never saw', () => {
    const router = limited();
    router.policy('quick', { offerExpiresAfterSeconds: 5, mode: { kind: 'longestIdle' } });
    router.queue('queue-2', { distributionPolicyId: id('quick') });
    router.worker('worker-1', { queues: [id('queue-1'), id('queue-2')] });
    router.submit('job-3', { queueId: id('queue-2') });
    router.told();
    router.advance(5 * SECONDS);
    expect(router.told()).toEqual([]);
    expect(router.workerNamed('worker-1').state).toBe('active');
  });

  it('loses all of them when the limit is edited, and gets them back under the new one', () => {
    const router = limited();
    router.told();
    router.worker('worker-1', { maxConcurrentOffers: null });
    expect(router.told()).toEqual([
      'WorkerOfferRevoked job-1 worker-1',
      'WorkerOfferIssued job-1 worker-1',
      'WorkerOfferIssued job-2 worker-1',
    ]);
  });

  it.each([0, 1.5])('cannot be limited to %d offers', (maxConcurrentOffers) => {
    const router = limited();
    const patch = { maxConcurrentOffers };
    const command: CommandOf<'UpsertWorker'> = { type: 'UpsertWorker', id: id('worker-1'), patch };
    expect(router.refusalOf<'UpsertWorker'>(command)).toMatchObject({
      kind: 'invalid',
      problems: [{ member: 'maxConcurrentOffers' }],
    });
  });
});
