import * as z from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { note } from './actionMembers.ts';
import { answerAssignmentAction, assignmentMember } from './assignmentAction.ts';

/** What may be said when an assignment is completed. */
export const completeRequest = z.lazy(() => z.strictObject({ assignmentId: assignmentMember, note }));

/** `POST /api/jobs/{jobId}/complete`: the work is done. */
export const completeAssignmentEndpoint: Endpoint = {
  name: 'completeAssignment',
  method: 'POST',
  route: 'jobs/{jobId}/complete',
  level: 'function',
  roles: ['Jobs.Submit', 'Workers.Self'],
  answer: (request, parts) =>
    answerAssignmentAction(
      {
        body: completeRequest,
        wish: 'be completed',
        status: 'assigned',
        isDue: ({ completedAt }) => completedAt === undefined,
        isDone: ({ completedAt }) => completedAt !== undefined,
        ask: (router, jobId, assignmentId, { assignmentId: _, ...options }) =>
          router.completeAssignment(jobId, assignmentId, options),
      },
      request,
      parts,
    ),
};
