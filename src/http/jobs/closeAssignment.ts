import * as z from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { dispositionCode, note } from './actionMembers.ts';
import { answerAssignmentAction, assignmentMember } from './assignmentAction.ts';

/** What may be said when an assignment is closed. */
export const closeRequest = z.lazy(() =>
  z.strictObject({
    assignmentId: assignmentMember,
    dispositionCode,
    note,
    closeAt: z.iso
      .datetime({ offset: true })
      .exactOptional()
      .describe("When it is closed; the worker's capacity stays taken until then. Absent, or past: now."),
  }),
);

/** `POST /api/jobs/{jobId}/close`: what was completed is put away, and its worker has room again. */
export const closeAssignmentEndpoint: Endpoint = {
  name: 'closeAssignment',
  method: 'POST',
  route: 'jobs/{jobId}/close',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, parts) =>
    answerAssignmentAction(
      {
        body: closeRequest,
        wish: 'be closed',
        status: 'completed',
        isDue: ({ completedAt, closedAt }) => completedAt !== undefined && closedAt === undefined,
        isDone: ({ closedAt }) => closedAt !== undefined,
        ask: (router, jobId, assignmentId, { assignmentId: _, closeAt, ...options }) =>
          router.closeAssignment(jobId, assignmentId, {
            ...options,
            ...(closeAt !== undefined && { closeAt: new Date(closeAt) }),
          }),
      },
      request,
      parts,
    ),
};
