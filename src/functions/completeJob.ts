import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { reactTo } from '../handling/reactTo.ts';

/**
 * Wakes on RouterWorkerOfferAccepted and completes the assignment when the rule says that the work is done as soon
 * as somebody has taken it.
 */
export const completeJob = reactTo('completeJob');

app.eventGrid('completeJob', { handler: completeJob, extraOutputs: [parkedEvents] });
