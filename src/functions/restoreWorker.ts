import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { reactTo } from '../handling/reactTo.ts';

/**
 * Wakes on RouterWorkerOfferExpired and RouterWorkerDeregistered: an offer that expires takes its worker off duty without
 * a word. Brings back those that a rule names as automated, unless they signed off by themselves.
 */
export const restoreWorker = reactTo('restoreWorker');

app.eventGrid('restoreWorker', { handler: restoreWorker, extraOutputs: [parkedEvents] });
