import { output } from '@azure/functions';
import type { EventFunction } from './reactions.ts';

/**
 * Events that no repetition will mend wait in this storage queue for a person, whole. Where writing to it
 * fails, the host fails the invocation, and the event is delivered again: it is never dropped.
 */
export const parkedEvents = output.storageQueue({
  queueName: 'parked-events',
  connection: 'AzureWebJobsStorage',
});

/** A message of the queue, as JSON. */
export interface ParkedEvent {
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly parkedAt: string;
  /** The function that could do nothing with it. */
  readonly function: EventFunction;
  /** As it came, to the last member. */
  readonly event: unknown;
}

/** The message for an event that was given up at `at`, whole and with the reason. */
export const parkedEvent = (
  reason: string,
  at: Date,
  functionName: EventFunction,
  event: unknown,
): ParkedEvent => ({ reason, parkedAt: at.toISOString(), function: functionName, event });
