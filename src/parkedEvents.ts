import { output } from '@azure/functions';

/**
 * Events that no repetition will mend wait in this storage queue for a person, whole. Where writing to it
 * fails, the host fails the invocation, and the event is delivered again: it is never dropped.
 */
export const parkedEvents = output.storageQueue({
  queueName: 'parked-events',
  connection: 'AzureWebJobsStorage',
});

/** A message of the queue. */
export interface ParkedEvent {
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly parkedAt: string;
  /** The function that could do nothing with it. */
  readonly function: string;
  /** As it came, to the last member. */
  readonly event: unknown;
}
