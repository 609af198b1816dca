import { type InputProblem, pointerTo } from '../input/inputProblems.ts';
import type { ResourceKind, RoutingDocument } from './routingDocument.ts';

/** A place in the document that names another resource. */
export interface Reference {
  readonly path: readonly (string | number)[];
  readonly kind: ResourceKind;
  readonly id: string;
}

/** Every name in the document that the document itself does not declare: those must be on the router. */
export function outsideReferences(document: RoutingDocument): Reference[] {
  const declared: Record<'distributionPolicies' | 'queues', ReadonlySet<string>> = {
    distributionPolicies: new Set(document.distributionPolicies.map(({ id }) => id)),
    queues: new Set(document.queues.map(({ id }) => id)),
  };
  const named = [
    ...document.queues.map((queue, index) => ({
      path: ['queues', index, 'distributionPolicyId'],
      kind: 'distributionPolicies' as const,
      id: queue.distributionPolicyId,
    })),
    ...document.workers.flatMap((worker, index) =>
      (worker.queues ?? []).map((id, position) => ({
        path: ['workers', index, 'queues', position],
        kind: 'queues' as const,
        id,
      })),
    ),
    ...document.jobs.map((job, index) => ({
      path: ['jobs', index, 'queueId'],
      kind: 'queues' as const,
      id: job.queueId,
    })),
  ];
  return named.filter(({ kind, id }) => !declared[kind].has(id));
}

/** What to tell about a reference that leads nowhere. */
export const danglingProblem = ({ path, kind, id }: Reference): InputProblem => ({
  pointer: pointerTo(path),
  detail: `expected an id from ${kind} of this document or of the router; found "${id}", which is in neither`,
});
