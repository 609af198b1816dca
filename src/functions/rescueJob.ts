import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { reactTo } from '../handling/reactTo.ts';

/**
 * Wakes on the events of jobs that do not move by themselves: activates a scheduled job and sends one that could not be
 * classified to a fallback queue when a rule says so, and reports the rest.
 */
export const rescueJob = reactTo('rescueJob');

app.eventGrid('rescueJob', { handler: rescueJob, extraOutputs: [parkedEvents] });
