import type { FactType } from '../router/engine/facts.ts';

/** Stands before every type that Job Router publishes. */
export const EVENT_TYPE_PREFIX = 'Microsoft.Communication.';

type RouterTypeName = `Router${FactType}`;
export type RouterEventType = `${typeof EVENT_TYPE_PREFIX}${RouterTypeName}`;

/** The type an engine fact is published under: its own name with `Router` and the prefix before it. */
export const eventTypeOf = <Type extends FactType>(factType: Type) =>
  `${EVENT_TYPE_PREFIX}Router${factType}` as const;

/** Every fact is published, and there is no event besides. */
const PUBLISHED: Readonly<Record<FactType, true>> = {
  JobReceived: true,
  JobClassified: true,
  JobQueued: true,
  JobClassificationFailed: true,
  JobCompleted: true,
  JobClosed: true,
  JobCancelled: true,
  JobExceptionTriggered: true,
  JobWorkerSelectorsExpired: true,
  JobUnassigned: true,
  JobWaitingForActivation: true,
  JobSchedulingFailed: true,
  JobDeleted: true,
  WorkerOfferIssued: true,
  WorkerOfferAccepted: true,
  WorkerOfferDeclined: true,
  WorkerOfferRevoked: true,
  WorkerOfferExpired: true,
  WorkerRegistered: true,
  WorkerDeregistered: true,
  WorkerUpdated: true,
  WorkerDeleted: true,
};

/** Every type the service documents. */
export const KNOWN_EVENT_TYPES: readonly string[] = Object.keys(PUBLISHED).map(
  (factType) => `${EVENT_TYPE_PREFIX}Router${factType}`,
);

/** A type as people write it, `RouterJobClosed` or whole, in its whole form. It need not be a known one. */
export const wholeEventType = (written: string): string =>
  written.startsWith(EVENT_TYPE_PREFIX) ? written : EVENT_TYPE_PREFIX + written;
