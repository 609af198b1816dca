/**
 * What a caller asks to be done with a job. The answer shows the job as it is then. What is so already counts as done: the
 * caller, or a repetition of ours, may have asked for it before and not heard.
 */
import type { HttpResponseInit } from '@azure/functions';
import type { RouterAnswer } from '../../jobRouter/answer.ts';
import type { AssignmentId, JobId } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Job } from '../../jobRouter/wire.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { routerProblem } from '../routerProblem.ts';
import { jobProblem } from './jobProblem.ts';

/** An action that was asked for. */
export interface JobAction {
  readonly jobId: JobId;
  /** The one that it is about, where it is about one. */
  readonly assignmentId?: AssignmentId;
  /** For people: "be completed". */
  readonly wish: string;
  readonly isDone: (job: Job) => boolean;
  /** Whether the service can do it with the job as it is. */
  readonly isPossible: (job: Job) => boolean;
  /** False: the caller may not see jobs. */
  readonly showsJob?: boolean;
}

/** Asks the router, and answers with what came of it. */
export async function answerAction(
  action: JobAction,
  router: JobRouter,
  ask: () => Promise<RouterAnswer<unknown>>,
): Promise<HttpResponseInit> {
  const answer = await ask();
  if (answer.kind === 'unavailable') return problemResponse(jobProblem(answer, action.jobId));
  const job = await router.getJob(action.jobId);
  if (answer.kind === 'ok') return done(action, job.kind === 'ok' ? job.value : undefined);
  if (job.kind !== 'ok') return problemResponse(jobProblem(job, action.jobId));
  if (action.isDone(job.value)) return done(action, job.value, { alreadyDone: true });
  return problemResponse(problemWith(action, job.value) ?? routerProblem(answer, `job ${action.jobId}`));
}

/** Where the job is gone by now, as a rule may delete it, the answer is without it. */
function done(
  { jobId, assignmentId, showsJob = true }: JobAction,
  job: Job | undefined,
  also: { readonly alreadyDone?: true } = {},
): HttpResponseInit {
  const about = { jobId, ...(assignmentId !== undefined && { assignmentId }) };
  return { status: 200, jsonBody: { ...about, ...also, ...(showsJob && job && { job }) } };
}

/** What keeps the job from it, where the job says so itself. */
function problemWith({ jobId, assignmentId, wish, isPossible }: JobAction, job: Job): Problem | undefined {
  if (assignmentId !== undefined && job.assignments?.[assignmentId] === undefined) {
    return {
      name: 'assignmentNotFound',
      status: 404,
      detail: `Job "${jobId}" has no assignment "${assignmentId}", or no longer.`,
    };
  }
  return isPossible(job) ? undefined : wrongStatus(job, wish);
}

/** The refusal of what is not for a job in this status. */
export const wrongStatus = ({ id, status = 'in no status' }: Job, wish: string): Problem => ({
  name: 'wrongStatus',
  status: 409,
  detail: `Job "${id}" is ${status} and cannot ${wish}.`,
  also: { jobStatus: status },
});
