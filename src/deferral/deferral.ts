/** What is put off, as a message of the storage queue `deferred-work`. Read back through this schema before it is believed. */
import * as z from 'zod';
import { type AssignmentId, idFrom, type JobId, type WorkerId } from '../jobRouter/ids.ts';

const id = <AnyId extends string>() =>
  z
    .string()
    .min(1)
    .transform((text) => idFrom<AnyId>(text));

const about = {
  rule: z.string().min(1),
  jobId: id<JobId>(),
  assignmentId: id<AssignmentId>(),
};

/** How often it was put off, and since when: what ends an endless story. */
const history = {
  attempt: z.int().min(1).default(1),
  /** ISO 8601, UTC. */
  firstDeferredAt: z.iso.datetime(),
};

export const deferral = z.discriminatedUnion('kind', [
  /** Complete the assignment; the message is visible from when that is due. */
  z.object({ kind: z.literal('completion'), ...about, ...history }),
  /** Ask for the work that the rule names, and complete the assignment. The rule is read anew when it is done. */
  z.object({
    kind: z.literal('work'),
    ...about,
    workerId: id<WorkerId>(),
    /** A person asks for it although it was left to people. */
    insists: z.boolean().optional(),
    ...history,
  }),
  /** An event that a webhook request could not bring to its end. */
  z.object({ kind: z.literal('event'), event: z.unknown(), ...history }),
]);
export type Deferral = z.infer<typeof deferral>;

/** Whether it is kept now. */
export type Deferred =
  | { readonly kind: 'kept' }
  /** Nothing was kept: whoever asked has to see that the event comes again. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** Nor would it be at any other time: the event is larger than what the storage takes. */
  | { readonly kind: 'tooLarge'; readonly message: string };

/** Where work waits for its time and outlives the process. Throws for nothing that the storage does. */
export interface Deferrals {
  /** Keeps `deferral` and hands it back at `notBefore` or later, at least once. */
  put(deferral: Deferral, notBefore: Date): Promise<Deferred>;
}
