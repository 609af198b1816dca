/**
 * What holds for every document, tried with 1,000 that chance has written, against the emulator's router. When one fails,
 * fast-check prints its seed and the smallest document it found; ROUTING_SEED=<seed> tries the same documents again.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { applyPlan } from '../../../../src/routing/apply/applyPlan.ts';
import { membersOf } from '../../../../src/routing/compare/shape.ts';
import { planDestruction } from '../../../../src/routing/destroy.ts';
import { readRoutingDocument } from '../../../../src/routing/document/readRoutingDocument.ts';
import type { RoutingDocument } from '../../../../src/routing/document/routingDocument.ts';
import { type Exported, exportRouting } from '../../../../src/routing/export.ts';
import { readLive } from '../../../../src/routing/live/readLive.ts';
import {
  type ApplyResult,
  isEmpty,
  type Live,
  type LiveResource,
  nameOf,
  type Path,
  type Planned,
  type Refusal,
  type RoutingDeclaration,
} from '../../../../src/routing/model.ts';
import { planRouting } from '../../../../src/routing/plan/planRouting.ts';
import { dyingAt, Killed, type RouterInProcess, routerInProcess } from '../../../support/routerInProcess.ts';
import {
  barestDocuments,
  routingDocuments,
  type WrittenDocument,
} from '../../../support/routingDocuments.ts';

const SEED = Number(process.env.ROUTING_SEED ?? 20_260_302);
const RUNS = { seed: SEED, numRuns: 1_000 };
/** Seconds as a rule; minutes are left for a machine that is busy and for the way to the smallest failing document. */
const TIMEOUT_MILLISECONDS = 180_000;

const router = 'router.example';

function documentOf(written: unknown, environment: Record<string, string> = {}): RoutingDocument {
  const read = readRoutingDocument(written, { environment });
  if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
  return read.document;
}

async function liveOf(jobRouter: JobRouter): Promise<Live> {
  const read = await readLive(jobRouter, 'all');
  if (read.kind === 'unread') throw new Error(`${read.subject}: ${read.answer.message}`);
  return read.live;
}

/** Documents are planned here without being checked: circles and hopeless selectors have to end well, too. */
const planOf = async (jobRouter: JobRouter, document: RoutingDeclaration, prunes = false): Promise<Planned> =>
  planRouting(document, await liveOf(jobRouter), { router, prunes });

const apply = async (
  jobRouter: JobRouter,
  document: RoutingDeclaration,
  prunes = false,
): Promise<ApplyResult> => applyPlan(await planOf(jobRouter, document, prunes), { router: jobRouter });

const holdings = async ({ jobRouter }: RouterInProcess): Promise<string> =>
  holdingsIn(await liveOf(jobRouter));

/** What a router holds, whoever made it in whatever order, as a text to be compared. */
function holdingsIn(live: Live): string {
  const { document } = exportRouting(live, { withJobs: true });
  const owners = everythingIn(live).map((one) => `${nameOf(one)} of ${one.owner}`);
  const lists = Object.entries(document).map(([kind, list]) => [
    kind,
    Array.isArray(list) ? list.toSorted((a, b) => (a.id < b.id ? -1 : 1)) : list,
  ]);
  return JSON.stringify({ owners: owners.sort(), ...Object.fromEntries(lists) }, undefined, 1);
}

const everythingIn = ({ resources }: Live): readonly LiveResource[] =>
  Object.values(resources).flatMap((held: ReadonlyMap<string, LiveResource>) => [...held.values()]);

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (held, step) => (Array.isArray(held) ? held[Number(step)] : membersOf(held)[step]),
    value,
  );

/** What a person would put into the environment: the secrets that the export has left out. */
function environmentOf({ placeholders }: Exported, live: Live): Record<string, string> {
  const values = placeholders.map(({ kind, id, path, variable }) => {
    const text = String(at(live.resources[kind].get(id)?.content, path));
    const isAddress = /^https?:/.test(text);
    return [variable, isAddress ? text.slice(text.indexOf('?') + 1) : text];
  });
  return Object.fromEntries(values);
}

describe('whatever a document declares', () => {
  it(
    'is planned to nothing once it is applied and once it is exported, and ends the same when applying it is killed at any call and begun again',
    async () => {
      await fc.assert(
        fc.asyncProperty(routingDocuments(), fc.nat(), fc.boolean(), async (written, chance, isSent) => {
          const world = routerInProcess();
          const document = documentOf(written);
          expect((await apply(world.jobRouter, document)).kind).toBe('applied');
          const calls = world.requests.length;
          await world.clock.advance(100);
          const live = await liveOf(world.jobRouter);
          const { plan } = planRouting(document, live, { router, prunes: true });
          expect([plan.levels, plan.refusals]).toEqual([[], []]);

          const exported = exportRouting(live, { withJobs: true });
          const again = documentOf(exported.document, environmentOf(exported, live));
          expect(planRouting(again, live, { router, prunes: true }).plan.levels).toEqual([]);
          expect(JSON.stringify(exported.document)).not.toMatch(/key-1|geheim|code=abc/);

          const other = routerInProcess();
          const dying = dyingAt(other.jobRouter, 1 + (chance % calls), isSent);
          await expect(apply(dying, document)).rejects.toThrow(Killed);
          await apply(other.jobRouter, document);
          await other.clock.advance(100);
          expect(await holdings(other)).toBe(holdingsIn(live));
        }),
        RUNS,
      );
    },
    TIMEOUT_MILLISECONDS,
  );

  it(
    'ends the same when what was there is changed and pruned, and that is killed',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          routingDocuments(),
          routingDocuments(),
          fc.nat(),
          fc.boolean(),
          async (before, written, chance, isSent) => {
            const [whole, killed] = [routerInProcess(), routerInProcess()];
            const [former, document] = [documentOf(before), documentOf(written)];
            for (const world of [whole, killed]) await apply(world.jobRouter, former);
            const from = whole.requests.length;
            await apply(whole.jobRouter, document, true);
            const calls = whole.requests.length - from;

            const dying = dyingAt(killed.jobRouter, 1 + (chance % calls), isSent);
            await expect(apply(dying, document, true)).rejects.toThrow(Killed);
            await apply(killed.jobRouter, document, true);
            expect(await holdings(killed)).toBe(await holdings(whole));
          },
        ),
        { ...RUNS, numRuns: 200 },
      );
    },
    TIMEOUT_MILLISECONDS,
  );
});

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
    : String(message).split('\r\n -- : ').slice(1);
  expect({ status, told }).toEqual({
    status: refusal.status,
    told: refusal.reasons.map((reason) => reason.message),
  });
}

describe('pruning and destroying', () => {
  const busy = fc.record({
    first: barestDocuments('other'),
    second: barestDocuments('routing'),
    byHand: barestDocuments('nobody'),
    chance: fc.nat(5),
  });

  /** Carries a plan with deletions out, and holds it to what it says. */
  async function expectHonest(world: RouterInProcess, planned: Planned): Promise<void> {
    const before = await liveOf(world.jobRouter);
    const from = world.requests.length;
    expect((await applyPlan(planned, { router: world.jobRouter })).kind).toBe('applied');
    expect(world.requests.length - from).toBe(planned.plan.calls);

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
          routingDocuments('routing'),
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
          await expectHonest(world, planDestruction(await liveOf(world.jobRouter), { router }));
          expect(isEmpty(planDestruction(await liveOf(world.jobRouter), { router }).plan)).toBe(true);
        }),
        { ...RUNS, numRuns: 200 },
      );
    },
    TIMEOUT_MILLISECONDS,
  );
});
