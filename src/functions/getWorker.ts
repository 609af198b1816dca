import { serve } from '../http/serve.ts';
import { getWorkerEndpoint } from '../http/workers/getWorker.ts';

/** Answers `GET /api/workers/{workerId}` with the worker, its offers and its assignments. */
export const getWorker = serve(getWorkerEndpoint);
