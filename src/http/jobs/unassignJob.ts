import * as z from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { answerAssignmentAction, assignmentMember } from './assignmentAction.ts';

/** What may be said when a job is taken back. */
export const unassignRequest = z.lazy(() =>
  z.strictObject({
    assignmentId: assignmentMember,
    suspendMatching: z
      .boolean()
      .exactOptional()
      .describe('True: the job is offered to nobody before it is updated to be matched. Default: false.'),
  }),
);

/** `POST /api/jobs/{jobId}/unassign`: the job is taken from its worker, and waits again. */
export const unassignJobEndpoint: Endpoint = {
  name: 'unassignJob',
  method: 'POST',
  route: 'jobs/{jobId}/unassign',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, parts) =>
    answerAssignmentAction(
      {
        body: unassignRequest,
        wish: 'be taken from a worker',
        status: 'assigned',
        isDue: ({ completedAt }) => completedAt === undefined,
        // One that was taken back is no longer there.
        isDone: () => false,
        ask: (router, jobId, assignmentId, { assignmentId: _, ...options }) =>
          router.unassignJob(jobId, assignmentId, options),
      },
      request,
      parts,
    ),
};
