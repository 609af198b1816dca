import { unassignJobEndpoint } from '../http/jobs/unassignJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/jobs/{jobId}/unassign`: the job is taken from its worker and waits again. */
export const unassignJob = serve(unassignJobEndpoint);
