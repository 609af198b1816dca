/**
 * The routing document: everything a router is to hold, and the rules the app answers by. It is what people
 * keep in version control, so it is read strictly: a misspelt member is a mistake and not an extension.
 */
import * as z from 'zod';
import { automation } from '../automation/rules.ts';
import { type InputProblem, inputProblems } from '../input/inputProblems.ts';
import {
  type DistributionPolicyInput,
  distributionPolicyInput,
  type JobInput,
  jobInput,
  type QueueInput,
  queueInput,
  resourceId,
  type WorkerInput,
  workerInput,
} from '../jobRouter/wire.ts';

/** What a document may declare of each kind. */
export interface InputOf {
  readonly distributionPolicies: DistributionPolicyInput;
  readonly queues: QueueInput;
  readonly workers: WorkerInput;
  readonly jobs: JobInput;
}

/** Each kind after those it refers to. */
const resourceKinds = ['distributionPolicies', 'queues', 'workers', 'jobs'] as const;
export type ResourceKind = keyof InputOf;

const identified = { id: resourceId };

/** Reads a document; each id may stand once in its kind. */
export const routingDocument = z
  .strictObject({
    distributionPolicies: z.array(distributionPolicyInput.extend(identified)).default([]),
    queues: z.array(queueInput.extend(identified)).default([]),
    workers: z.array(workerInput.extend(identified)).default([]),
    jobs: z.array(jobInput.extend(identified)).default([]),
    automation: automation.optional(),
  })
  .superRefine((document, context) => {
    for (const kind of resourceKinds) {
      const seen = new Set<string>();
      for (const [index, { id }] of document[kind].entries()) {
        if (seen.has(id)) {
          const message = `expected each id in ${kind} once`;
          context.addIssue({ code: 'custom', path: [kind, index, 'id'], message });
        }
        seen.add(id);
      }
    }
  });
export type RoutingDocument = z.infer<typeof routingDocument>;

/** A document, or why it is none. */
export type DocumentRead =
  | { readonly kind: 'read'; readonly document: RoutingDocument }
  | { readonly kind: 'invalid'; readonly problems: readonly InputProblem[] };

/** The document, or everything that is wrong with it. */
export function readRoutingDocument(input: unknown): DocumentRead {
  const read = routingDocument.safeParse(input);
  return read.success
    ? { kind: 'read', document: read.data }
    : { kind: 'invalid', problems: inputProblems(read.error, input) };
}
