import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { reactTo } from '../handling/reactTo.ts';

/**
 * Wakes on RouterJobCompleted and closes the assignment with the rule's disposition. Wrap-up time is handed to the
 * router as the time to close at: a timer of ours could be lost, and the worker's capacity with it.
 */
export const closeJob = reactTo('closeJob');

app.eventGrid('closeJob', { handler: closeJob, extraOutputs: [parkedEvents] });
