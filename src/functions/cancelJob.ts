import { cancelJobEndpoint } from '../http/jobs/cancelJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/jobs/{jobId}/cancel`: the job ends without having been worked on. */
export const cancelJob = serve(cancelJobEndpoint);
