import { getJobEndpoint } from '../http/jobs/getJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/jobs/{jobId}` with the job, where it stands, its rule, and what has become of it. */
export const getJob = serve(getJobEndpoint);
