import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { reactTo } from '../handling/reactTo.ts';

/**
 * Wakes on RouterJobClosed and RouterJobCancelled and deletes the job when the rule says so.
 */
export const tidyJob = reactTo('tidyJob');

app.eventGrid('tidyJob', { handler: tidyJob, extraOutputs: [parkedEvents] });
