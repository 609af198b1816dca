import { updateJobEndpoint } from '../http/jobs/updateJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `PATCH /api/jobs/{jobId}` with the job as the merge patch in the body makes it. */
export const updateJob = serve(updateJobEndpoint);
