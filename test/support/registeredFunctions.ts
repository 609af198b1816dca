/** Loads function files as the worker would, so that what they register can be looked at and nothing warns. */
import { supplyCoreModule } from '../../emulator/functionsHost/worker/supplyCoreModule.ts';
import { createWorkerCore } from '../../emulator/functionsHost/worker/workerCore.ts';

const core = createWorkerCore(() => undefined);
supplyCoreModule(core.module);

export const acceptOffer = await import('../../src/functions/acceptOffer.ts');
export const completeJob = await import('../../src/functions/completeJob.ts');
export const closeJob = await import('../../src/functions/closeJob.ts');
export const tidyJob = await import('../../src/functions/tidyJob.ts');
export const rescueJob = await import('../../src/functions/rescueJob.ts');
export const restoreWorker = await import('../../src/functions/restoreWorker.ts');
export const reconcileJobs = await import('../../src/functions/reconcileJobs.ts');
export const receiveRouterEvents = await import('../../src/functions/receiveRouterEvents.ts');
export const resumeDeferredWork = await import('../../src/functions/resumeDeferredWork.ts');
export const listParkedEvents = await import('../../src/functions/listParkedEvents.ts');
export const resendParkedEvents = await import('../../src/functions/resendParkedEvents.ts');

/** What the files above have registered with the worker. */
export const registered = core.functions();
