import { describe, expect, it } from 'vitest';
import type { Command, WorkerPatch } from '../../../../../emulator/router/engine/commands.ts';
import type { OfferId } from '../../../../../emulator/router/engine/ids.ts';
import { expectFacts, movesOf } from './lifeCycleTables.ts';
import { id, NINE_AM, playRouter, type RouterPlay } from './playRouter.ts';

const rows = movesOf('The life of an offer');
const workerId = id<never>('worker-1');
const jobId = id<never>('job-1');

/** Two workers are offered job-1 at once; worker-1 has room for another offer. */
function world() {
  const router = playRouter();
  router.openQueue({ kind: 'longestIdle', maxConcurrentOffers: 2 });
  router.available('worker-1', { capacity: 2, labels: { level: 1 } });
  router.available('worker-2');
  router.submit('job-1');
  router.toldFacts();
  return router;
}

type Way = (router: RouterPlay) => Command;

const edited =
  (patch: WorkerPatch): Way =>
  () => ({ type: 'UpsertWorker', id: workerId, patch });

const accepts =
  (name: string): Way =>
  (router) => ({ type: 'AcceptOffer', workerId: id(name), offerId: router.offerTo(name) });

/** The ways in which a row's move can be made, by the words of the row. */
const ways: Readonly<Record<string, readonly Way[]>> = {
  AcceptOffer: [accepts('worker-1')],
  DeclineOffer: [
    (router) => ({ type: 'DeclineOffer', workerId, offerId: router.offerTo('worker-1') }),
    (router) => ({
      type: 'DeclineOffer',
      workerId,
      offerId: router.offerTo('worker-1'),
      retryOfferAt: NINE_AM,
    }),
  ],
  ExpireOffer: [(router) => ({ type: 'ExpireOffer', workerId, offerId: router.offerTo('worker-1') })],
  'another worker accepts; the job is edited, suspended or cancelled; the worker deregisters, is deleted, or its labels, queues, channels, capacity or limit of offers change':
    [
      accepts('worker-2'),
      () => ({ type: 'UpsertJob', id: jobId, patch: { priority: 9 } }),
      () => ({ type: 'UpsertJob', id: jobId, patch: { matchingMode: { kind: 'suspend' } } }),
      () => ({ type: 'CancelJob', jobId }),
      edited({ availableForOffers: false }),
      () => ({ type: 'DeleteWorker', id: workerId }),
      edited({ labels: { level: 2 } }),
      edited({ queues: [] }),
      edited({ channels: [] }),
      edited({ capacity: 9 }),
      edited({ maxConcurrentOffers: 1 }),
    ],
};

const isOpen = (router: RouterPlay, offerId: OfferId): boolean =>
  router.read.worker(workerId)?.offers.some((offer) => offer.offerId === offerId) ?? false;

const everyWay = rows
  .filter(({ from }) => from === 'open')
  .flatMap((row) => (ways[row.move] ?? [undefined]).map((way, number) => ({ ...row, way, number })));

describe('every move of an offer in the table', () => {
  it.each(everyWay)('holds: $move, $number', ({ move, facts, way }) => {
    if (!way) throw new Error(`The move "${move}" of the README has no way here`);
    const router = world();
    const offerId = router.offerTo('worker-1');
    const { jobId: offered } = router.workerNamed('worker-1').offers[0] ?? {};
    expect(offered).toBe('job-1');
    expect(router.handle<Command['type']>(way(router))).toMatchObject({ ok: true });
    expect(isOpen(router, offerId)).toBe(false);
    const told = router.toldFacts().filter((fact) => 'offer' in fact && fact.offer.offerId === offerId);
    expectFacts(told, facts.split(', ')[0] ?? '');
    expect(told).toHaveLength(1);
    for (const type of ['AcceptOffer', 'DeclineOffer'] as const) {
      const answer = router.handle<typeof type>({ type, workerId, offerId });
      expect(answer).toMatchObject({ ok: false });
      if (!answer.ok) expect(['offerNotFound', 'jobTaken']).toContain(answer.failure.kind);
    }
    router.toldFacts();
    expect(router.handle<'ExpireOffer'>({ type: 'ExpireOffer', workerId, offerId })).toMatchObject({
      ok: true,
    });
    expect(router.toldFacts()).toEqual([]);
  });

  it('is all there is', () => {
    expect(Object.keys(ways).sort()).toEqual(
      everyWay
        .map(({ move }) => move)
        .filter(isFirst)
        .sort(),
    );
    expect(rows.filter(({ from }) => from === '(none)')).toHaveLength(1);
  });
});

const isFirst = (move: string, place: number, moves: readonly string[]): boolean =>
  moves.indexOf(move) === place;
