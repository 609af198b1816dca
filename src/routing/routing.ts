/** Documents and routers together: read, check, plan, apply. What the functions and the command line call. */
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { resourceKinds } from '../jobRouter/resources.ts';
import { type AdoptOptions, planAdoption } from './adopt.ts';
import { applyPlan } from './apply/applyPlan.ts';
import { checkRead } from './checks/checkRead.ts';
import { type DestroyOptions, planDestruction } from './destroy.ts';
import { problemOfPrune } from './document/emptyPrune.ts';
import type { DocumentProblem } from './document/problem.ts';
import type { DocumentRead } from './document/readRoutingDocument.ts';
import { type Exported, type ExportOptions, exportRouting } from './export.ts';
import { type JobsWanted, readLive } from './live/readLive.ts';
import {
  type ApplyProgress,
  type ApplyResult,
  DEFAULT_OWNER,
  type Plan,
  type Planned,
  type RoutingDeclaration,
  type Unread,
} from './model.ts';
import { whatMoved } from './plan/moved.ts';
import { type PlanOptions, planRouting } from './plan/planRouting.ts';

/** How a document is planned. Its secrets it brings along. */
export type DocumentOptions = Omit<PlanOptions, 'secrets'>;

/** A plan, or why there is none. */
export type Planning =
  | {
      readonly kind: 'planned';
      readonly planned: Planned;
      /** What looks wrong about the document, and does not keep it from being applied. */
      readonly warnings: readonly DocumentProblem[];
    }
  | {
      /** All that is wrong: it cannot be read, refers to what is nowhere, runs in circles, asks for workers that cannot exist. */
      readonly kind: 'invalid';
      readonly problems: readonly [DocumentProblem, ...DocumentProblem[]];
    }
  | Unread;

/** Plans a document, with all that follows from it; or tells everything that is wrong with it, and with its text. */
export const planDocument = (
  router: JobRouter,
  read: DocumentRead,
  options: DocumentOptions,
): Promise<Planning> =>
  planWith(router, read, options, options.prunes ? 'all' : { open: true, ids: jobIdsIn(read) });

/** What became of a document. */
export type Provisioned = ApplyResult | Exclude<Planning, { kind: 'planned' }>;

/** How a document is applied. */
export interface ApplyOptions extends DocumentOptions {
  readonly onProgress?: (progress: ApplyProgress) => void;
}

/**
 * Plans a document that is applied at once. Nobody asks what follows for the jobs that wait, so they need not be read.
 */
export const planToApply = (
  router: JobRouter,
  read: DocumentRead,
  options: DocumentOptions,
): Promise<Planning> =>
  planWith(router, read, options, options.prunes ? 'all' : { open: false, ids: jobIdsIn(read) });

/**
 * Makes the router hold what the document declares. Doing it again changes nothing and writes nothing.
 *
 * @param router for all of it, so with as much time as all of it may take.
 */
export async function applyDocument(
  router: JobRouter,
  read: DocumentRead,
  { onProgress, ...options }: ApplyOptions,
): Promise<Provisioned> {
  const planning = await planToApply(router, read, options);
  if (planning.kind !== 'planned') return planning;
  return applyPlan(planning.planned, { router, ...(onProgress && { onProgress }) });
}

/** What became of a plan that was kept. */
export type KeptApplied =
  | Provisioned
  /** The router, or the document, is no longer what the plan was made for. Nothing was changed. */
  | { readonly kind: 'moved'; readonly moved: readonly string[] };

/**
 * Carries out a plan that was kept, with the document it was made from: exactly as it was shown, or not at all.
 *
 * @param router for all of it, as in `applyDocument`.
 */
export async function applyKeptPlan(
  router: JobRouter,
  read: DocumentRead,
  kept: Plan,
  { router: host, onProgress }: Omit<ApplyOptions, 'prunes'>,
): Promise<KeptApplied> {
  const prunes = kept.refusals.length > 0 || kept.levels.flat().some(({ action }) => action === 'delete');
  const planning = await planDocument(router, read, { router: host, prunes });
  if (planning.kind !== 'planned') return planning;
  const moved = whatMoved(kept, planning.planned.plan);
  if (moved.length > 0) return { kind: 'moved', moved };
  return applyPlan(planning.planned, { router, isExact: true, ...(onProgress && { onProgress }) });
}

const jobIdsOf = ({ jobs = [] }: RoutingDeclaration): readonly string[] => jobs.map(({ id }) => id);

/** Of a document that cannot be read no job is compared. */
const jobIdsIn = (read: DocumentRead): readonly string[] =>
  read.kind === 'invalid' ? [] : jobIdsOf(read.document);

async function planWith(
  router: JobRouter,
  document: DocumentRead,
  options: DocumentOptions,
  jobs: JobsWanted,
): Promise<Planning> {
  const careless = options.prunes && document.kind === 'read' ? problemOfPrune(document) : undefined;
  if (careless) return { kind: 'invalid', problems: [careless] };
  const read = await readLive(router, jobs);
  // A router that cannot be read keeps nobody from mending the document.
  if (read.kind === 'unread') return document.kind === 'invalid' ? document : read;
  const { problems, warnings } = checkRead(document, read.live);
  const [first, ...others] = problems;
  if (first) return { kind: 'invalid', problems: [first, ...others] };
  if (document.kind === 'invalid') return document;
  const { secrets } = document;
  return {
    kind: 'planned',
    planned: planRouting(document.document, read.live, { ...options, secrets }),
    warnings,
  };
}

/** What may be adopted: the resources of a document, or everything. */
export type Adoptable = RoutingDeclaration | 'everything';

/** Plans to mark what exists as the document's own. */
export async function planAdoptionOf(
  router: JobRouter,
  adoptable: Adoptable,
  options: AdoptOptions,
): Promise<Planning> {
  const jobs = adoptable === 'everything' ? [] : jobIdsOf(adoptable);
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
  return { kind: 'planned', planned: planAdoption(wanted, live, { ...options, owner }), warnings: [] };
}

/** Plans to delete everything an owner has. */
export async function planDestructionOf(router: JobRouter, options: DestroyOptions): Promise<Planning> {
  const read = await readLive(router, 'all');
  if (read.kind === 'unread') return read;
  return { kind: 'planned', planned: planDestruction(read.live, options), warnings: [] };
}

/** Writes down what a router holds. */
export async function exportFrom(
  router: JobRouter,
  options: ExportOptions = {},
): Promise<{ readonly kind: 'exported'; readonly exported: Exported } | Unread> {
  const read = await readLive(router, { open: options.withJobs ?? false, ids: [] });
  return read.kind === 'unread' ? read : { kind: 'exported', exported: exportRouting(read.live, options) };
}
