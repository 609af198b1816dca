/** Planning and applying against a router, for tests: what cannot be read or does not read is a failure of the test. */
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import { applyPlan } from '../../src/routing/apply/applyPlan.ts';
import { type ReadDocument, readRoutingDocument } from '../../src/routing/document/readRoutingDocument.ts';
import { readLive } from '../../src/routing/live/readLive.ts';
import type {
  ApplyResult,
  Live,
  LiveResource,
  Planned,
  RoutingDeclaration,
} from '../../src/routing/model.ts';
import { planRouting } from '../../src/routing/plan/planRouting.ts';

export const ROUTER_HOST = 'router.example';

/** A document that reads. */
export function documentOf(written: unknown, environment: Record<string, string> = {}): ReadDocument {
  const read = readRoutingDocument(written, { environment });
  if (read.kind === 'read') return read;
  throw new Error(JSON.stringify(read.problems));
}

/** Everything a router holds, jobs that have ended included. */
export async function liveOf(jobRouter: JobRouter): Promise<Live> {
  const read = await readLive(jobRouter, 'all');
  if (read.kind === 'read') return read.live;
  throw new Error(`${read.subject}: ${read.answer.message}`);
}

export const everythingIn = ({ resources }: Live): readonly LiveResource[] =>
  Object.values(resources).flatMap((held: ReadonlyMap<string, LiveResource>) => [...held.values()]);

/** Documents are planned here without being checked: circles and hopeless selectors have to end well, too. */
export const planOf = async (
  jobRouter: JobRouter,
  document: RoutingDeclaration,
  prunes = false,
): Promise<Planned> => planRouting(document, await liveOf(jobRouter), { router: ROUTER_HOST, prunes });

export const apply = async (
  jobRouter: JobRouter,
  document: RoutingDeclaration,
  prunes = false,
): Promise<ApplyResult> => applyPlan(await planOf(jobRouter, document, prunes), { router: jobRouter });
