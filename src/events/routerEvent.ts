/**
 * Every event of Job Router, by the service's own names without their prefix.
 *
 * Words: a job waits in a queue; the router offers it to a worker; an offer accepted is an assignment; an
 * assignment is completed when the work is done and closed when the worker is free again. An event says what
 * happened, in the past tense, and may come late, twice, or before the one that went before it.
 */
import * as z from 'zod';
import { jobCancelled } from './jobCancelled.ts';
import { jobClassificationFailed } from './jobClassificationFailed.ts';
import { jobClassified } from './jobClassified.ts';
import { jobClosed } from './jobClosed.ts';
import { jobCompleted } from './jobCompleted.ts';
import { jobDeleted } from './jobDeleted.ts';
import { jobExceptionTriggered } from './jobExceptionTriggered.ts';
import { jobQueued } from './jobQueued.ts';
import { jobReceived } from './jobReceived.ts';
import { jobSchedulingFailed } from './jobSchedulingFailed.ts';
import { jobUnassigned } from './jobUnassigned.ts';
import { jobWaitingForActivation } from './jobWaitingForActivation.ts';
import { jobWorkerSelectorsExpired } from './jobWorkerSelectorsExpired.ts';
import { workerDeregistered } from './workerDeregistered.ts';
import { workerOfferAccepted } from './workerOfferAccepted.ts';
import { workerOfferExpired } from './workerOfferExpired.ts';
import { workerOfferIssued } from './workerOfferIssued.ts';
import { workerOfferDeclined, workerOfferRevoked } from './workerOfferWithdrawn.ts';
import { workerDeleted, workerRegistered, workerUpdated } from './workerOnDuty.ts';

const event = <const Kind extends string, Data extends z.ZodType>(kind: Kind, data: Data) =>
  z.object({
    kind: z.literal(kind),
    /** The same for every delivery of one event. */
    eventId: z.string(),
    /** When it happened, by the router's clock. */
    eventTime: z.date().optional(),
    data,
  });

/** Reads an event whose kind is known by its type. */
export const routerEvent = z.discriminatedUnion('kind', [
  event('JobReceived', jobReceived),
  event('JobClassified', jobClassified),
  event('JobClassificationFailed', jobClassificationFailed),
  event('JobQueued', jobQueued),
  event('JobWorkerSelectorsExpired', jobWorkerSelectorsExpired),
  event('JobExceptionTriggered', jobExceptionTriggered),
  event('JobWaitingForActivation', jobWaitingForActivation),
  event('JobSchedulingFailed', jobSchedulingFailed),
  event('JobUnassigned', jobUnassigned),
  event('JobCompleted', jobCompleted),
  event('JobClosed', jobClosed),
  event('JobCancelled', jobCancelled),
  event('JobDeleted', jobDeleted),
  event('WorkerOfferIssued', workerOfferIssued),
  event('WorkerOfferAccepted', workerOfferAccepted),
  event('WorkerOfferDeclined', workerOfferDeclined),
  event('WorkerOfferRevoked', workerOfferRevoked),
  event('WorkerOfferExpired', workerOfferExpired),
  event('WorkerRegistered', workerRegistered),
  event('WorkerUpdated', workerUpdated),
  event('WorkerDeregistered', workerDeregistered),
  event('WorkerDeleted', workerDeleted),
]);
export type RouterEvent = z.infer<typeof routerEvent>;
export type RouterEventKind = RouterEvent['kind'];
export type RouterEventOf<Kind extends RouterEventKind> = Extract<RouterEvent, { kind: Kind }>;
