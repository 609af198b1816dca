import { output } from '@azure/functions';
import { PARKED_EVENTS } from '../parking/parkedEvent.ts';

/**
 * The queue output of the functions that events are handed to. Messages go through it only where the app has no
 * storage account of its own to write to: see parking.ts. Where it fails, the host fails the invocation, and the event
 * is delivered again: it is never dropped.
 */
export const parkedEvents = output.storageQueue({
  queueName: PARKED_EVENTS,
  connection: 'AzureWebJobsStorage',
});
