import { serve } from '../http/serve.ts';
import { listWorkersEndpoint } from '../http/workers/listWorkers.ts';

/** Answers `GET /api/workers` with the workers that the router holds, page by page. */
export const listWorkers = serve(listWorkersEndpoint);
