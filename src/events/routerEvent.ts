/**
 * The events this app acts on, by the service's own names without their prefix.
 *
 * Words: a job waits in a queue; the router offers it to a worker; an offer accepted is an assignment; an
 * assignment is completed when the work is done and closed when the worker is free again. An event says what
 * happened, in the past tense, and may come late, twice, or before the one that went before it.
 */
import * as z from 'zod';
import { jobCancelled } from './jobCancelled.ts';
import { jobClosed } from './jobClosed.ts';
import { jobCompleted } from './jobCompleted.ts';
import { workerOfferAccepted } from './workerOfferAccepted.ts';
import { workerOfferIssued } from './workerOfferIssued.ts';

const about = {
  /** The same for every delivery of one event. */
  eventId: z.string(),
  /** When it happened, by the router's clock. */
  eventTime: z.date().optional(),
};

/** Reads an event whose kind is known by its type. */
export const routerEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('WorkerOfferIssued'), ...about, data: workerOfferIssued }),
  z.object({ kind: z.literal('WorkerOfferAccepted'), ...about, data: workerOfferAccepted }),
  z.object({ kind: z.literal('JobCompleted'), ...about, data: jobCompleted }),
  z.object({ kind: z.literal('JobClosed'), ...about, data: jobClosed }),
  z.object({ kind: z.literal('JobCancelled'), ...about, data: jobCancelled }),
]);
export type RouterEvent = z.infer<typeof routerEvent>;
export type RouterEventKind = RouterEvent['kind'];
export type RouterEventOf<Kind extends RouterEventKind> = Extract<RouterEvent, { kind: Kind }>;
