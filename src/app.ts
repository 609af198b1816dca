/** The entry of the bundle: importing a function registers it. */
import './functions/acceptOffer.ts';
import './functions/closeJob.ts';
import './functions/completeJob.ts';
import './functions/receiveRouterEvents.ts';
import './functions/tidyJob.ts';
