/**
 * What is deleted, and what is not, tried with routers that chance has filled. When a test fails, fast-check prints its
 * seed; ROUTING_SEED=<seed> tries the same routers again.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../../src/routing/apply/applyPlan.ts';
import { membersOf } from '../../../../src/routing/compare/shape.ts';
import { planDestruction } from '../../../../src/routing/destroy.ts';
import { isEmpty, nameOf, type Planned, type Refusal } from '../../../../src/routing/model.ts';
import { readPlan } from '../../../../src/routing/plan/planSchema.ts';
import { type RouterInProcess, routerInProcess } from '../../../support/routerInProcess.ts';
import { barestDocuments, type WrittenDocument } from '../../../support/routingDocuments.ts';
import { apply, everythingIn, liveOf, planOf, ROUTER_HOST } from '../../../support/routingWorld.ts';

const SEED = Number(process.env.ROUTING_SEED ?? 20_260_302);
const RUNS = { seed: SEED, numRuns: 1_000 };
/** Seconds as a rule; minutes are left for a machine that is busy and for the way to the smallest failing router. */
const TIMEOUT_MILLISECONDS = 180_000;

/** A router that many have written to: two documents, somebody by hand, and workers who have begun to work. */
async function busyRouter(documents: readonly WrittenDocument[], byHand: WrittenDocument, chance: number) {
  const world = routerInProcess();
  for (const kind of ['distributionPolicies', 'queues', 'workers'] as const) {
    for (const { id, ...content } of byHand[kind]) {
      world.send('PATCH', `/routing/${kind}/${encodeURIComponent(id)}`, withoutPolicy(content));
    }
  }
  for (const document of documents) await apply(world.jobRouter, document);
  await world.clock.advance(1_000);
  const { resources } = await liveOf(world.jobRouter);
  for (const { id, content } of resources.workers.values()) {
    for (const offer of Array.isArray(content.offers) ? content.offers : []) {
      const { offerId } = membersOf(offer);
      if (chance % 3 > 0)
        world.send('POST', `/routing/workers/${encodeURIComponent(id)}/offers/${offerId}:accept`);
    }
  }
  for (const id of resources.jobs.keys()) {
    if (chance % 2 > 0) world.send('POST', `/routing/jobs/${encodeURIComponent(id)}:cancel`, {});
  }
  return world;
}

const withoutPolicy = ({ exceptionPolicyId: _, ...content }: Record<string, unknown>) => content;

/** Whether the emulator says to a deletion what was predicted, no more and no less. */
function expectRefused(world: RouterInProcess, refusal: Refusal): void {
  const { status, body } = world.send('DELETE', `/routing/${refusal.kind}/${encodeURIComponent(refusal.id)}`);
  const { message, details } = membersOf(membersOf(body).communicationError);
  const told = Array.isArray(details)
    ? details.map((detail) => membersOf(detail).message)
    : String(message)
        .split(/\r\n -- \w*: /)
        .slice(1);
  expect({ status, told }).toEqual({
    status: refusal.status,
    told: refusal.reasons.map((reason) => reason.message),
  });
}

const isBusy = (request: string): boolean => /\/routing\/(workers|jobs)\//.test(request);

const callsForLasting = ({ plan }: Planned): number =>
  plan.levels
    .flat()
    .filter(({ kind }) => kind !== 'workers' && kind !== 'jobs')
    .reduce((calls, { action }) => calls + (action === 'delete' ? 2 : 1), 0);

describe('pruning and destroying', () => {
  const busy = fc.record({
    first: barestDocuments('other'),
    second: barestDocuments('routing'),
    byHand: barestDocuments('nobody'),
    chance: fc.nat(5),
  });

  /** Carries a plan with deletions out, and holds it to what it says. */
  async function expectHonest(world: RouterInProcess, planned: Planned): Promise<void> {
    expect(readPlan(JSON.parse(JSON.stringify(planned.plan)))).toEqual({ plan: planned.plan });
    const before = await liveOf(world.jobRouter);
    const from = world.requests.length;
    expect((await applyPlan(planned, { router: world.jobRouter })).kind).toBe('applied');
    const made = world.requests.slice(from);
    expect(made.length).toBeGreaterThanOrEqual(planned.plan.calls);
    // A plan that changes workers moves the jobs they were offered; nothing moves policies and queues.
    expect(made.filter((request) => !isBusy(request))).toHaveLength(callsForLasting(planned));

    const after = await liveOf(world.jobRouter);
    const gone = everythingIn(before).filter(({ kind, id }) => !after.resources[kind].has(id));
    const shown = planned.plan.levels.flat().filter(({ action }) => action === 'delete');
    expect(gone.filter(({ owner }) => owner !== 'routing')).toEqual([]);
    expect(gone.map(nameOf).sort()).toEqual(shown.map(nameOf).sort());
    for (const refusal of planned.plan.refusals) expectRefused(world, refusal);
  }

  it(
    'deletes nothing that is not owned or not shown, and the router refuses what was said, and nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          busy,
          barestDocuments('routing'),
          async ({ first, second, byHand, chance }, next) => {
            const world = await busyRouter([first, second], byHand, chance);
            await expectHonest(world, await planOf(world.jobRouter, next, true));
          },
        ),
        RUNS,
      );
    },
    TIMEOUT_MILLISECONDS,
  );

  it(
    'takes down what is owned, and leaves only what others keep in use',
    async () => {
      await fc.assert(
        fc.asyncProperty(busy, async ({ first, second, byHand, chance }) => {
          const world = await busyRouter([first, second], byHand, chance);
          await expectHonest(world, planDestruction(await liveOf(world.jobRouter), { router: ROUTER_HOST }));
          expect(isEmpty(planDestruction(await liveOf(world.jobRouter), { router: ROUTER_HOST }).plan)).toBe(
            true,
          );
        }),
        { ...RUNS, numRuns: 200 },
      );
    },
    TIMEOUT_MILLISECONDS,
  );
});
