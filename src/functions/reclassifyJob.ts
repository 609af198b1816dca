import { reclassifyJobEndpoint } from '../http/jobs/reclassifyJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/jobs/{jobId}/reclassify`: the classification policy of the job chooses anew. */
export const reclassifyJob = serve(reclassifyJobEndpoint);
