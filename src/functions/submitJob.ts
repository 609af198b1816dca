import { submitJobEndpoint } from '../http/jobs/submitJob.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/jobs`: submits the job in the body, or up to a thousand. */
export const submitJob = serve(submitJobEndpoint);
