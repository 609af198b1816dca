import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { id, playRouter } from './playRouter.ts';

describe('a worker that declines one job after the other', () => {
  it('is offered each job once, in the order of the queue, whatever is declined, unassigned or added between', () => {
    const step = fc.record({
      priority: fc.integer({ min: -1, max: 1 }),
      by: fc.constantFrom('worker-1', 'worker-2'),
      accepts: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const router = playRouter();
        router.openQueue({ kind: 'longestIdle', maxConcurrentOffers: 2 });
        for (const name of ['worker-1', 'worker-2']) router.available(name);
        const declined = new Set<string>();
        steps.forEach(({ priority, by, accepts }, number) => {
          router.submit(`job-${number}`, { priority });
          const [offer] = router.workerNamed(by).offers;
          if (!offer) return;
          if (accepts) {
            const { jobId, assignmentId } = router.accept(by);
            router.mustDo<'UnassignJob'>({ type: 'UnassignJob', jobId, assignmentId });
          } else {
            router.decline(by);
            declined.add(`${offer.jobId}>${by}`);
          }
          const offered = router.offered();
          expect(offered.filter((each) => declined.has(each))).toEqual([]);
          for (const name of ['worker-1', 'worker-2']) expectBestOf(router, declined, offered, name);
        });
      }),
      { seed: 20260302, numRuns: 40 },
    );
  });

  it('runs out of offers when it has declined all of a thousand jobs of one signature', () => {
    const router = playRouter();
    router.openQueue();
    router.available('worker-1');
    const names = Array.from({ length: 1_000 }, (_, number) => `job-${number}`);
    const patch = { channelId: 'voice', queueId: id<never>('queue-1') };
    for (const name of names) router.handle<'UpsertJob'>({ type: 'UpsertJob', id: id(name), patch });
    router.advance(0);
    for (const name of names) router.decline('worker-1', name);
    expect(router.offered()).toEqual([]);
  });
});

/** Nothing that waits and was not declined goes before what the worker is offered. */
function expectBestOf(
  router: ReturnType<typeof playRouter>,
  declined: ReadonlySet<string>,
  offered: readonly string[],
  name: string,
): void {
  if (offered.some((each) => each.endsWith(`>${name}`))) return;
  const waiting = router.read
    .jobs()
    .filter((job) => offered.filter((each) => each.startsWith(`${job.id}>`)).length < 2)
    .filter((job) => !declined.has(`${job.id}>${name}`));
  expect(waiting.map((job) => job.id)).toEqual([]);
}
