/** Documents and routers together: read, check, plan, apply. What the functions and the command line call. */
import { type InputProblem, pointerTo } from '../input/inputProblems.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { resourceKinds } from '../jobRouter/resources.ts';
import { type AdoptOptions, planAdoption } from './adopt.ts';
import { applyPlan } from './apply/applyPlan.ts';
import { type DocumentReference, outsideReferences } from './declared.ts';
import { type DestroyOptions, planDestruction } from './destroy.ts';
import { type Exported, type ExportOptions, exportRouting } from './export.ts';
import { type JobsWanted, readLive } from './live/readLive.ts';
import {
  type ApplyProgress,
  type ApplyResult,
  DEFAULT_OWNER,
  type Live,
  type Planned,
  type RoutingDeclaration,
  type Unread,
} from './model.ts';
import { type PlanOptions, planRouting } from './plan/planRouting.ts';

/** A plan, or why there is none. */
export type Planning =
  | { readonly kind: 'planned'; readonly planned: Planned; readonly live: Live }
  /** The document refers to what neither it nor the router has. */
  | { readonly kind: 'invalid'; readonly problems: readonly InputProblem[] }
  | Unread;

/** Plans a document, with all that follows from it. */
export async function planDocument(
  router: JobRouter,
  document: RoutingDeclaration,
  options: PlanOptions,
): Promise<Planning> {
  const ids = (document.jobs ?? []).map(({ id }) => id);
  return planWith(router, document, options, options.prunes ? 'all' : { open: true, ids });
}

/** What became of a document. */
export type Provisioned = ApplyResult | Exclude<Planning, { kind: 'planned' }>;

/** How a document is applied. */
export interface ApplyOptions extends PlanOptions {
  readonly onProgress?: (progress: ApplyProgress) => void;
}

/**
 * Makes the router hold what the document declares. Doing it again changes nothing and writes nothing.
 *
 * @param router for all of it, so with as much time as all of it may take.
 */
export async function applyDocument(
  router: JobRouter,
  document: RoutingDeclaration,
  { onProgress, ...options }: ApplyOptions,
): Promise<Provisioned> {
  const ids = (document.jobs ?? []).map(({ id }) => id);
  // Nobody asks what follows for the jobs that wait, so they need not be read.
  const planning = await planWith(router, document, options, options.prunes ? 'all' : { open: false, ids });
  if (planning.kind !== 'planned') return planning;
  return applyPlan(planning.planned, { router, ...(onProgress && { onProgress }) });
}

async function planWith(
  router: JobRouter,
  document: RoutingDeclaration,
  options: PlanOptions,
  jobs: JobsWanted,
): Promise<Planning> {
  const read = await readLive(router, jobs);
  if (read.kind === 'unread') return read;
  const dangling = outsideReferences(document).filter(({ kind, id }) => !read.live.resources[kind].has(id));
  if (dangling.length > 0) return { kind: 'invalid', problems: dangling.map(danglingProblem) };
  return { kind: 'planned', planned: planRouting(document, read.live, options), live: read.live };
}

const danglingProblem = ({ path, kind, id }: DocumentReference): InputProblem => ({
  pointer: pointerTo(path),
  detail: `expected an id from ${kind} of this document or of the router; found "${id}", which is in neither`,
});

/** What may be adopted: the resources of a document, or everything. */
export type Adoptable = RoutingDeclaration | 'everything';

/** Plans to mark what exists as the document's own. */
export async function planAdoptionOf(
  router: JobRouter,
  adoptable: Adoptable,
  options: AdoptOptions,
): Promise<Planning> {
  const jobs = adoptable === 'everything' ? [] : (adoptable.jobs ?? []).map(({ id }) => id);
  const read = await readLive(router, { open: false, ids: jobs });
  if (read.kind === 'unread') return read;
  const { live } = read;
  const named = adoptable === 'everything' ? undefined : adoptable.name;
  const wanted = resourceKinds.flatMap((kind) => {
    const ids =
      adoptable === 'everything'
        ? [...live.resources[kind].keys()]
        : (adoptable[kind] ?? []).map(({ id }) => id);
    return ids.map((id) => ({ kind, id }));
  });
  const owner = options.owner ?? named ?? DEFAULT_OWNER;
  return { kind: 'planned', planned: planAdoption(wanted, live, { ...options, owner }), live };
}

/** Plans to delete everything an owner has. */
export async function planDestructionOf(router: JobRouter, options: DestroyOptions): Promise<Planning> {
  const read = await readLive(router, 'all');
  if (read.kind === 'unread') return read;
  return { kind: 'planned', planned: planDestruction(read.live, options), live: read.live };
}

/** Writes down what a router holds. */
export async function exportFrom(
  router: JobRouter,
  options: ExportOptions = {},
): Promise<{ readonly kind: 'exported'; readonly exported: Exported } | Unread> {
  const read = await readLive(router, { open: options.withJobs ?? false, ids: [] });
  return read.kind === 'unread' ? read : { kind: 'exported', exported: exportRouting(read.live, options) };
}
