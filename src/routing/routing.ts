/** Documents and routers together: read, check, plan, apply. What the functions and the command line call. */
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { resourceKinds } from '../jobRouter/resources.ts';
import { type AdoptOptions, planAdoption } from './adopt.ts';
import { applyPlan } from './apply/applyPlan.ts';
import { type Checkable, checkDocument } from './checks/checkDocument.ts';
import { type DestroyOptions, planDestruction } from './destroy.ts';
import { type DocumentProblem, documentProblem, type Finding, type Written } from './document/problem.ts';
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
  | {
      readonly kind: 'planned';
      readonly planned: Planned;
      readonly live: Live;
      /** What may be meant, and what is wrong on the router already. */
      readonly warnings?: readonly DocumentProblem[];
    }
  /** Beside this router the document makes no sense: see `checkDocument`. */
  | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] }
  | Unread;

/** How a document is planned. */
export interface DocumentOptions extends PlanOptions {
  /** The document as it was written, which problems show. Absent: as it was read. */
  readonly written?: Written;
}

/** Plans a document, with all that follows from it. */
export async function planDocument(
  router: JobRouter,
  document: Checkable,
  options: DocumentOptions,
): Promise<Planning> {
  const ids = (document.jobs ?? []).map(({ id }) => id);
  return planWith(router, document, options, options.prunes ? 'all' : { open: true, ids });
}

/** What became of a document. */
export type Provisioned = ApplyResult | Exclude<Planning, { kind: 'planned' }>;

/** How a document is applied. */
export interface ApplyOptions extends DocumentOptions {
  readonly onProgress?: (progress: ApplyProgress) => void;
}

/**
 * Makes the router hold what the document declares. Doing it again changes nothing and writes nothing.
 *
 * @param router for all of it, so with as much time as all of it may take.
 */
export async function applyDocument(
  router: JobRouter,
  document: Checkable,
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
  document: Checkable,
  { written = { value: document, placeOf: () => undefined }, ...options }: DocumentOptions,
  jobs: JobsWanted,
): Promise<Planning> {
  const read = await readLive(router, jobs);
  if (read.kind === 'unread') return read;
  const { problems, warnings } = checkDocument(document, read.live);
  const told = (finding: Finding) => documentProblem(finding, written);
  if (problems.length > 0) return { kind: 'invalid', problems: problems.map(told) };
  const planned = planRouting(document, read.live, options);
  return { kind: 'planned', planned, live: read.live, warnings: warnings.map(told) };
}

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
