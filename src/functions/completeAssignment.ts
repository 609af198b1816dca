import { completeAssignmentEndpoint } from '../http/jobs/completeAssignment.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/jobs/{jobId}/complete`: the work of an assignment is done. */
export const completeAssignment = serve(completeAssignmentEndpoint);
