/**
 * What has to be done so that the router holds what the document declares. Nothing is ever deleted, and what
 * the document leaves out is left alone: a member that is removed from the document keeps its value on the
 * router, and so does a label.
 */
import type { DistributionPolicy, Job, Queue, Worker } from '../jobRouter/wire.ts';
import type { InputOf, ResourceKind, RoutingDocument } from './routingDocument.ts';
import {
  type Comparisons,
  changedMembers,
  jobComparisons,
  policyComparisons,
  queueComparisons,
  workerComparisons,
} from './sameContent.ts';

interface ResourceOf {
  readonly distributionPolicies: DistributionPolicy;
  readonly queues: Queue;
  readonly workers: Worker;
  readonly jobs: Job;
}

/** What the router holds of the resources a document declares, by id. */
export type Existing = { readonly [Kind in ResourceKind]: ReadonlyMap<string, ResourceOf[Kind]> };

/** What is to be done about one resource of a kind. */
export type StepOf<Kind extends ResourceKind> = { readonly kind: Kind; readonly id: string } & (
  | { readonly action: 'create'; readonly patch: InputOf[Kind] }
  | {
      readonly action: 'update';
      /** Holds the changed members and no others. */
      readonly patch: Partial<InputOf[Kind]>;
      readonly changed: readonly string[];
    }
  | { readonly action: 'unchanged'; readonly note?: string }
);
export type Step = { [Kind in ResourceKind]: StepOf<Kind> }[ResourceKind];

/** Steps that do not depend on each other. */
export type Level = readonly Step[];

/** Levels in the order in which they must be done: policies, queues, workers, jobs. */
export type Plan = readonly Level[];

/** How people and answers name a step: "queues/queue-1". */
export const stepName = ({ kind, id }: Pick<Step, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Compares each resource of the document with the router's. */
export function planRouting(document: RoutingDocument, existing: Existing): Plan {
  return [
    document.distributionPolicies.map(({ id, ...declared }) =>
      step('distributionPolicies', id, declared, existing.distributionPolicies.get(id), policyComparisons),
    ),
    document.queues.map(({ id, ...declared }) =>
      step('queues', id, declared, existing.queues.get(id), queueComparisons),
    ),
    document.workers.map(({ id, ...declared }) =>
      step('workers', id, declared, existing.workers.get(id), workerComparisons),
    ),
    document.jobs.map(({ id, ...declared }) => jobStep(id, declared, existing.jobs.get(id))),
  ];
}

function step<Kind extends ResourceKind>(
  kind: Kind,
  id: string,
  declared: InputOf[Kind],
  existing: ResourceOf[Kind] | undefined,
  comparisons: Comparisons<InputOf[Kind], ResourceOf[Kind]>,
): StepOf<Kind> {
  if (!existing) return { kind, id, action: 'create', patch: declared };
  const changed = changedMembers(declared, existing, comparisons);
  if (changed.length === 0) return { kind, id, action: 'unchanged' };
  return { kind, id, action: 'update', patch: only(changed, declared), changed };
}

/** A job that has run its course stays as it is: it was submitted once, and is not submitted again. */
function jobStep(id: string, declared: InputOf['jobs'], existing: Job | undefined): StepOf<'jobs'> {
  const status = existing?.status ?? '';
  if (['completed', 'closed', 'cancelled'].includes(status)) {
    return { kind: 'jobs', id, action: 'unchanged', note: `is ${status} and left as it is` };
  }
  return step('jobs', id, declared, existing, jobComparisons);
}

function only<Input>(members: readonly (keyof Input)[], input: Input): Partial<Input> {
  const patch: Partial<Input> = {};
  for (const member of members) patch[member] = input[member];
  return patch;
}
