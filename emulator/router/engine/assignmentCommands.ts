import { done, nothing, refused } from './answer.ts';
import { askForNextStep } from './classification.ts';
import type { AnswerOf, CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import type { EngineFailure } from './failures.ts';
import type { AssignmentId, JobId } from './ids.ts';
import { type Closing, type CompletedJob, isIn, type Job, showsAssignment } from './job.ts';
import { defaultDisposition, freeWorkerOf } from './jobCommands.ts';
import { close, complete, planClose, unassign } from './jobMoves.ts';
import { putJob } from './putJob.ts';
import type { Turn } from './store.ts';
import { jobView } from './views.ts';

type Operation = Extract<EngineFailure, { kind: 'wrongStatus' }>['operation'];

/** The job with this assignment, or the refusal that says what is missing. */
function jobWith(turn: Turn, jobId: JobId, assignmentId: AssignmentId): Answer<Job> {
  const job = turn.store.jobs.get(jobId);
  if (!job) return refused({ kind: 'notFound' });
  if (!showsAssignment(job, assignmentId)) {
    return refused({ kind: 'assignmentNotFound', jobId, assignmentId });
  }
  return done(job);
}

const wrongStatus = (operation: Operation, job: Job) =>
  refused({ kind: 'wrongStatus', operation, jobId: job.id, status: job.state.status });

export function completeAssignment(
  turn: Turn,
  { jobId, assignmentId, note }: CommandOf<'CompleteAssignment'>,
): Answer<Nothing> {
  const found = jobWith(turn, jobId, assignmentId);
  if (!found.ok) return found;
  if (!isIn(found.value, 'assigned')) return wrongStatus('complete', found.value);
  const completed = complete(found.value, note, turn.at);
  putJob(turn, completed);
  const { workerId } = completed.state.assignment;
  turn.tell({ type: 'JobCompleted', at: turn.at, job: jobView(completed), assignmentId, workerId });
  return nothing;
}

export function closeAssignment(
  turn: Turn,
  {
    jobId,
    assignmentId,
    note,
    closeAt,
    dispositionCode = defaultDisposition.close,
  }: CommandOf<'CloseAssignment'>,
): Answer<Nothing> {
  const found = jobWith(turn, jobId, assignmentId);
  if (!found.ok) return found;
  if (!isIn(found.value, 'completed')) return wrongStatus('close', found.value);
  const closing = { dispositionCode, note };
  if (closeAt === undefined || closeAt <= turn.at) {
    closeNow(turn, found.value, closing);
    return nothing;
  }
  // Where we guessed: closing again before that time replaces the plan.
  putJob(turn, planClose(found.value, { ...closing, closeAt }, turn.at));
  turn.ask(closeAt, { type: 'CloseDueAssignment', jobId, assignmentId });
  return nothing;
}

export function closeDueAssignment(
  turn: Turn,
  { jobId, assignmentId }: CommandOf<'CloseDueAssignment'>,
): Answer<Nothing> {
  const found = jobWith(turn, jobId, assignmentId);
  if (!found.ok || !isIn(found.value, 'completed')) return nothing;
  const { planned } = found.value.state;
  if (planned && planned.closeAt <= turn.at) closeNow(turn, found.value, planned);
  return nothing;
}

function closeNow(turn: Turn, job: CompletedJob, { dispositionCode, note }: Closing): void {
  const closed = close(job, { dispositionCode, note }, turn.at);
  const { assignmentId, workerId } = closed.state.assignment;
  putJob(turn, closed);
  freeWorkerOf(turn, job);
  turn.tell({
    type: 'JobClosed',
    at: turn.at,
    job: jobView(closed),
    assignmentId,
    workerId,
    dispositionCode,
  });
}

export function unassignJob(
  turn: Turn,
  { jobId, assignmentId, suspendMatching = false }: CommandOf<'UnassignJob'>,
): Answer<AnswerOf<'UnassignJob'>> {
  const found = jobWith(turn, jobId, assignmentId);
  if (!found.ok) return found;
  if (!isIn(found.value, 'assigned')) return wrongStatus('unassign', found.value);
  const { workerId } = found.value.state.assignment;
  const job = unassign(found.value, suspendMatching, turn.at);
  putJob(turn, job);
  freeWorkerOf(turn, found.value);
  turn.tell({ type: 'JobUnassigned', at: turn.at, job: jobView(job), assignmentId, workerId });
  if (isIn(job, 'queued')) turn.tell({ type: 'JobQueued', at: turn.at, job: jobView(job) });
  else askForNextStep(turn, job);
  return done({ jobId, unassignmentCount: job.unassignmentCount });
}
