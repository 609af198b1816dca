import { closeAssignmentEndpoint } from '../http/jobs/closeAssignment.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/jobs/{jobId}/close`: a completed assignment is put away. */
export const closeAssignment = serve(closeAssignmentEndpoint);
