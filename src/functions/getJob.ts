import { getJobEndpoint } from '../http/jobs/getJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/jobs/{jobId}` with the job as the router holds it. */
export const getJob = serve(getJobEndpoint);
