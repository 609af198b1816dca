import { listJobsEndpoint } from '../http/jobs/listJobs.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/jobs` with the jobs that the router holds, page by page. */
export const listJobs = serve(listJobsEndpoint);
