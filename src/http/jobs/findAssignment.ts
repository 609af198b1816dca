import { type AssignmentId, idFrom, type JobId } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Job } from '../../jobRouter/wire.ts';
import { notYourOwn } from '../access.ts';
import { type Caller, hasRole, isWorker } from '../caller.ts';
import type { Problem } from '../problem.ts';
import { invalidBody, type Read } from '../readBody.ts';
import { type Assignment, assignmentsOf } from './assignments.ts';
import { wrongStatus } from './jobAction.ts';
import { jobProblem } from './jobProblem.ts';

/** What is asked for. */
export interface AssignmentWish {
  readonly jobId: JobId;
  /** Absent: the only one that it can be. */
  readonly assignmentId?: AssignmentId | undefined;
  /** For people: "be completed". */
  readonly wish: string;
  readonly isDue: (assignment: Assignment) => boolean;
  readonly isDone: (assignment: Assignment) => boolean;
}

/**
 * The assignment that a request is about. A worker finds its own only, and does not learn from a refusal whether there are
 * others, or the job.
 */
export async function findAssignment(
  wish: AssignmentWish,
  router: JobRouter,
  caller: Caller,
): Promise<Read<AssignmentId>> {
  const { jobId, assignmentId } = wish;
  const seesAll = hasRole(caller, 'Jobs.Submit');
  if (seesAll && assignmentId !== undefined) return found(assignmentId);
  const job = await router.getJob(jobId);
  if (job.kind === 'refused' && !seesAll) return refused(notYourOwn);
  if (job.kind !== 'ok') return refused(jobProblem(job, jobId));

  const visible = assignmentsOf(job.value).filter(
    ({ workerId = '' }) => seesAll || isWorker(caller, workerId),
  );
  if (!seesAll && visible.length === 0) return refused(notYourOwn);
  if (assignmentId === undefined) return theOnlyOne(wish, visible, job.value);
  const isVisible = visible.some((assignment) => assignment.assignmentId === assignmentId);
  return isVisible ? found(assignmentId) : refused(notYourOwn);
}

/** Where none is due, the last one that is done: asking for it again is no mistake. */
function theOnlyOne(
  { wish, isDue, isDone }: AssignmentWish,
  assignments: readonly Assignment[],
  job: Job,
): Read<AssignmentId> {
  const due = assignments.filter(isDue);
  const [chosen = assignments.findLast(isDone)] = due;
  if (due.length > 1) {
    const ids = due.map(({ assignmentId }) => assignmentId).join(', ');
    return refused(invalidBody([{ pointer: '/assignmentId', detail: `expected one of ${ids}` }]));
  }
  return chosen === undefined ? refused(wrongStatus(job, wish)) : found(idFrom(chosen.assignmentId));
}

const found = (value: AssignmentId): Read<AssignmentId> => ({ kind: 'read', value });
const refused = (problem: Problem): Read<AssignmentId> => ({ kind: 'problem', problem });
