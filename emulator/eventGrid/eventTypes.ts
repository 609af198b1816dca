import type { FactType } from '../router/engine/facts.ts';

/** Stands before every type that Job Router publishes. */
export const EVENT_TYPE_PREFIX = 'Microsoft.Communication.';

type RouterTypeName = `Router${FactType}`;
export type RouterEventType = `${typeof EVENT_TYPE_PREFIX}${RouterTypeName}`;

/** The type an engine fact is published under: its own name with `Router` and the prefix before it. */
export const eventTypeOf = <Type extends FactType>(factType: Type) =>
  `${EVENT_TYPE_PREFIX}Router${factType}` as const;

/**
 * Every type the service documents. The emulated router does not publish all of them yet, but subscribing to
 * one of those is as right here as it is in Azure.
 */
export const KNOWN_EVENT_TYPES: readonly string[] = [
  'RouterJobReceived',
  'RouterJobClassified',
  'RouterJobQueued',
  'RouterJobClassificationFailed',
  'RouterJobCompleted',
  'RouterJobClosed',
  'RouterJobCancelled',
  'RouterJobExceptionTriggered',
  'RouterJobWorkerSelectorsExpired',
  'RouterJobUnassigned',
  'RouterJobWaitingForActivation',
  'RouterJobSchedulingFailed',
  'RouterJobDeleted',
  'RouterWorkerOfferIssued',
  'RouterWorkerOfferAccepted',
  'RouterWorkerOfferDeclined',
  'RouterWorkerOfferRevoked',
  'RouterWorkerOfferExpired',
  'RouterWorkerRegistered',
  'RouterWorkerDeregistered',
  'RouterWorkerUpdated',
  'RouterWorkerDeleted',
].map((name) => EVENT_TYPE_PREFIX + name);

/** A type as people write it, `RouterJobClosed` or whole, in its whole form. It need not be a known one. */
export const wholeEventType = (written: string): string =>
  written.startsWith(EVENT_TYPE_PREFIX) ? written : EVENT_TYPE_PREFIX + written;
