/** The entry of the bundle: importing a function registers it, and importing the hooks puts them in place. */
import './functions/acceptOffer.ts';
import './functions/closeJob.ts';
import './functions/completeJob.ts';
import './functions/getJob.ts';
import './functions/health.ts';
import './functions/listParkedEvents.ts';
import './functions/provisionRouting.ts';
import './functions/receiveRouterEvents.ts';
import './functions/reconcileJobs.ts';
import './functions/rescueJob.ts';
import './functions/resendParkedEvents.ts';
import './functions/restoreWorker.ts';
import './functions/resumeDeferredWork.ts';
import './functions/submitJob.ts';
import './functions/tidyJob.ts';
import './hooks.ts';
