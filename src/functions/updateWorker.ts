import { serve } from '../http/serve.ts';
import { updateWorkerEndpoint } from '../http/workers/updateWorker.ts';

/** Answers `PATCH /api/workers/{workerId}` with the worker as the merge patch in the body makes it. */
export const updateWorker = serve(updateWorkerEndpoint);
