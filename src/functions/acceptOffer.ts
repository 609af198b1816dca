import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { reactTo } from '../handling/reactTo.ts';

/**
 * Wakes on RouterWorkerOfferIssued and accepts the offer for its worker when a rule says so and the offer still
 * stands. Whoever accepts first has the job; losing that race is normal and ends the event.
 */
export const acceptOffer = reactTo('acceptOffer');

app.eventGrid('acceptOffer', { handler: acceptOffer, extraOutputs: [parkedEvents] });
