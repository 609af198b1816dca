/**
 * What holds for every document, tried with 1,000 that chance has written, against the emulator's router. When one fails,
 * fast-check prints its seed and the smallest document it found; ROUTING_SEED=<seed> tries the same documents again.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersOf } from '../../../../src/routing/compare/shape.ts';
import { type Exported, exportRouting } from '../../../../src/routing/export.ts';
import { type Live, nameOf, type Path } from '../../../../src/routing/model.ts';
import { planRouting } from '../../../../src/routing/plan/planRouting.ts';
import { dyingAt, Killed, type RouterInProcess, routerInProcess } from '../../../support/routerInProcess.ts';
import { routingDocuments } from '../../../support/routingDocuments.ts';
import { apply, documentOf, everythingIn, liveOf, ROUTER_HOST } from '../../../support/routingWorld.ts';

const SEED = Number(process.env.ROUTING_SEED ?? 20_260_302);
const RUNS = { seed: SEED, numRuns: 1_000 };
/** Seconds as a rule; minutes are left for a machine that is busy and for the way to the smallest failing document. */
const TIMEOUT_MILLISECONDS = 180_000;

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

/** Lists in which order means nothing. */
const unordered: ReadonlySet<string> = new Set([
  ...[
    'queues',
    'channels',
    'requestedWorkerSelectors',
    'workerSelectors',
    'queueSelectors',
    'exceptionRules',
  ],
  ...['queueSelectorAttachments', 'workerSelectorAttachments', 'scoringParameters'],
]);

/** The same said otherwise: members and lists the other way round, as far as that means nothing. */
function rearranged(value: unknown, member = ''): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => rearranged(entry));
    return unordered.has(member) ? entries.reverse() : entries;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, inner]) => [name, rearranged(inner, name)]);
  return Object.fromEntries(members.reverse());
}

describe('whatever a document declares', () => {
  it(
    'is planned to nothing once it is applied, however it is written, and once it is exported, and ends the same when applying it is killed at any call and begun again',
    async () => {
      await fc.assert(
        fc.asyncProperty(routingDocuments(), fc.nat(), fc.boolean(), async (written, chance, isSent) => {
          const world = routerInProcess();
          const document = documentOf(written).document;
          expect((await apply(world.jobRouter, document)).kind).toBe('applied');
          const calls = world.requests.length;
          await world.clock.advance(100);
          const live = await liveOf(world.jobRouter);
          const { plan } = planRouting(document, live, { router: ROUTER_HOST, prunes: true });
          expect([plan.levels, plan.refusals]).toEqual([[], []]);

          const otherwise = documentOf(rearranged(written)).document;
          expect(planRouting(otherwise, live, { router: ROUTER_HOST }).plan.levels).toEqual([]);

          const exported = exportRouting(live, { withJobs: true });
          const again = documentOf(exported.document, environmentOf(exported, live)).document;
          expect(planRouting(again, live, { router: ROUTER_HOST, prunes: true }).plan.levels).toEqual([]);
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
            const [former, document] = [documentOf(before).document, documentOf(written).document];
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
