/** Actions on an assignment. Where a job has only one that the action can be about, nobody has to name it. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type * as z from 'zod';
import type { RouterAnswer } from '../../jobRouter/answer.ts';
import { type AssignmentId, idFrom, type JobId } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import { notYourOwn } from '../access.ts';
import { hasRole } from '../caller.ts';
import type { EndpointParts } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { readOptionalBody } from '../readBody.ts';
import type { Assignment } from './assignments.ts';
import { findAssignment } from './findAssignment.ts';
import { answerAction, type JobAction } from './jobAction.ts';
import { jobIdIn } from './jobProblem.ts';

/** The member that all of these requests have. */
export const assignmentMember = resourceId
  .exactOptional()
  .describe('Needed only where the job has several that it could be.');

/** What is done with an assignment. */
export interface AssignmentAction<Body extends { readonly assignmentId?: string }> {
  readonly body: z.ZodType<Body>;
  /** For people: "be completed". */
  readonly wish: string;
  /** The status in which a job has to be for it. */
  readonly status: 'assigned' | 'completed';
  readonly isDue: (assignment: Assignment) => boolean;
  readonly isDone: (assignment: Assignment) => boolean;
  readonly ask: (
    router: JobRouter,
    jobId: JobId,
    assignmentId: AssignmentId,
    body: Body,
  ) => Promise<RouterAnswer<void>>;
}

/** Reads what is asked, finds the assignment, and has it done. */
export async function answerAssignmentAction<Body extends { readonly assignmentId?: string }>(
  { body: schema, wish, status, isDue, isDone, ask }: AssignmentAction<Body>,
  request: Pick<HttpRequest, 'body' | 'headers' | 'params'>,
  { app: { router }, caller }: Pick<EndpointParts, 'app' | 'caller'>,
): Promise<HttpResponseInit> {
  const body = await readOptionalBody(request, schema);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const jobId = jobIdIn(request.params);
  if (jobId.kind === 'problem') {
    return problemResponse(hasRole(caller, 'Jobs.Submit') ? jobId.problem : notYourOwn);
  }
  const { assignmentId: named } = body.value;
  const assignmentId = named === undefined ? undefined : idFrom<AssignmentId>(named);
  const found = await findAssignment(
    { jobId: jobId.value, assignmentId, wish, isDue, isDone },
    router,
    caller,
  );
  if (found.kind === 'problem') return problemResponse(found.problem);

  const action: JobAction = {
    jobId: jobId.value,
    assignmentId: found.value,
    wish,
    isDone: ({ assignments = {} }) => {
      const assignment = assignments[found.value];
      return assignment !== undefined && isDone(assignment);
    },
    isPossible: (job) => job.status === status,
    showsJob: hasRole(caller, 'Jobs.Submit', 'Jobs.Read'),
  };
  return answerAction(action, router, () => ask(router, jobId.value, found.value, body.value));
}
