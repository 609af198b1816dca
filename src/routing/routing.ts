/** Documents and routers together: read, check, plan, apply. What the functions and the command line call. */
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { resourceKinds } from '../jobRouter/resources.ts';
import { type AdoptOptions, planAdoption } from './adopt.ts';
import { applyPlan } from './apply/applyPlan.ts';
import { checkDocument } from './checks/checkDocument.ts';
import { type DestroyOptions, planDestruction } from './destroy.ts';
import { type DocumentProblem, documentProblem } from './document/problem.ts';
import type { ReadDocument } from './document/readRoutingDocument.ts';
import { type Exported, type ExportOptions, exportRouting } from './export.ts';
import { type JobsWanted, readLive } from './live/readLive.ts';
import {
  type ApplyProgress,
  type ApplyResult,
  DEFAULT_OWNER,
  type Planned,
  type RoutingDeclaration,
  type Unread,
} from './model.ts';
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
      /** The document refers to what is nowhere, runs in circles, or asks for workers that cannot exist. */
      readonly kind: 'invalid';
      readonly problems: readonly [DocumentProblem, ...DocumentProblem[]];
    }
  | Unread;

/** Plans a document, with all that follows from it. */
export const planDocument = (
  router: JobRouter,
  read: ReadDocument,
  options: DocumentOptions,
): Promise<Planning> =>
  planWith(router, read, options, options.prunes ? 'all' : { open: true, ids: jobIdsOf(read.document) });

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
  read: ReadDocument,
  { onProgress, ...options }: ApplyOptions,
): Promise<Provisioned> {
  // Nobody asks what follows for the jobs that wait, so they need not be read.
  const jobs = options.prunes ? 'all' : { open: false, ids: jobIdsOf(read.document) };
  const planning = await planWith(router, read, options, jobs);
  if (planning.kind !== 'planned') return planning;
  return applyPlan(planning.planned, { router, ...(onProgress && { onProgress }) });
}

const jobIdsOf = ({ jobs = [] }: RoutingDeclaration): readonly string[] => jobs.map(({ id }) => id);

async function planWith(
  router: JobRouter,
  { document, secrets, written }: ReadDocument,
  options: DocumentOptions,
  jobs: JobsWanted,
): Promise<Planning> {
  const read = await readLive(router, jobs);
  if (read.kind === 'unread') return read;
  const checked = checkDocument(document, read.live);
  const [first, ...others] = checked.problems.map((finding) => documentProblem(finding, written));
  if (first) return { kind: 'invalid', problems: [first, ...others] };
  return {
    kind: 'planned',
    planned: planRouting(document, read.live, { ...options, secrets }),
    warnings: checked.warnings.map((finding) => documentProblem(finding, written)),
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
