import { done, nothing, refused } from './answer.ts';
import { askForNextStep, reclassify } from './classification.ts';
import type { CommandOf, Nothing, Upserted } from './commands.ts';
import type { Answer } from './engine.ts';
import { idProblems } from './ids.ts';
import {
  assignmentOf,
  type Closing,
  isAnotherJobToMatch,
  isIn,
  isOpen,
  isUnassigned,
  type Job,
  type JobContent,
  type OpenJob,
  openOffersOf,
  type UnassignedJob,
} from './job.ts';
import { cancel, createJob, editJob, enqueue, forgetDecline, hold } from './jobMoves.ts';
import { patchJob } from './jobPatch.ts';
import { isSame } from './mergePatch.ts';
import type { JobView } from './model/job.ts';
import type { Offer } from './offer.ts';
import { putJob } from './putJob.ts';
import { putWorker } from './putWorker.ts';
import { revokeOffers } from './revokeOffers.ts';
import { known, type Turn } from './store.ts';
import { jobView } from './views.ts';
import { askForWork } from './waiting.ts';
import { endAssignment, isAvailable } from './worker.ts';

/** Documented: what a job is closed or cancelled with when the caller names no disposition. */
export const defaultDisposition = { close: 'Closed', cancel: 'Cancelled' } as const;

export function upsertJob(turn: Turn, { id, patch }: CommandOf<'UpsertJob'>): Answer<Upserted<JobView>> {
  const { store } = turn;
  const current = store.jobs.get(id);
  // Where we guessed: an ended job takes no patch, not even one that would change nothing.
  if (current && !isOpen(current)) {
    return refused({ kind: 'wrongStatus', operation: 'update', jobId: id, status: current.state.status });
  }
  const checked = patchJob(current?.content, patch, turn.at, store);
  const problems = [...idProblems(id), ...('problems' in checked ? checked.problems : [])];
  if ('problems' in checked || problems.length > 0) return refused({ kind: 'invalid', problems });
  if (!current)
    return done({
      created: true,
      resource: receiveJob(turn, createJob(id, store.nextNumber(), checked.content, turn.at)),
    });
  if (checked.content !== current.content) changeJob(turn, current, checked.content);
  return done({ created: false, resource: jobView(known(store.jobs, id)) });
}

/** Gives the job as it was received; what comes next comes later. */
function receiveJob(turn: Turn, job: Job): JobView {
  const view = jobView(job);
  putJob(turn, job);
  turn.tell({ type: 'JobReceived', at: turn.at, job: view });
  askForNextStep(turn, job);
  return view;
}

/** What an edit does to a job that is open: a client's patch, or the action of an exception rule. */
export function changeJob(turn: Turn, before: OpenJob, content: JobContent): void {
  const job = editJob(before, content, turn.at);
  const isUnclassified = isIn(before, 'pendingClassification') || isIn(before, 'classificationFailed');
  const isOtherMode = before.content.matchingMode !== content.matchingMode;
  if (!isUnassigned(job)) putJob(turn, job);
  else if (needsClassification(before, content)) reclassify(turn, job);
  else if (isUnclassified && content.classificationPolicyId !== undefined) putJob(turn, job);
  else if (isUnclassified || isOtherMode) placeByMode(turn, job, openOffersOf(before));
  else requeueIfAnother(turn, before, job);
}

/** Where we guessed: a failed classification is tried again when the job is given a queue, too. */
function needsClassification(before: Job, after: JobContent): boolean {
  const { classificationPolicyId, labels, isOwnQueue, queueId } = before.content;
  if (after.classificationPolicyId === undefined) return false;
  return (
    after.classificationPolicyId !== classificationPolicyId ||
    !isSame(after.labels, labels) ||
    (isOwnQueue && !after.isOwnQueue) ||
    (isIn(before, 'classificationFailed') && after.queueId !== queueId)
  );
}

/**
 * The job goes where its matching mode now wants it. One that is queued, or about to be, stays where it is.
 * Where we guessed: a queued job that is suspended leaves its queue and loses its offers; another time, or a schedule
 * for a job that is queued, starts over with `pendingSchedule`.
 */
function placeByMode(turn: Turn, job: UnassignedJob, offers: readonly Offer[]): void {
  const { kind } = job.content.matchingMode;
  if (kind !== 'queueAndMatch') {
    const held = hold(job, kind, turn.at);
    putJob(turn, held);
    revokeOffers(turn, offers);
    askForNextStep(turn, held);
  } else if (isIn(job, 'queued') || isIn(job, 'created')) {
    putJob(turn, job);
  } else {
    queueJob(turn, enqueue(job, turn.at));
  }
}

/** Recorded: an edit queues a job that is only `created` at once, and queuing writes a job once more than the edit. */
function requeueIfAnother(turn: Turn, before: Job, job: UnassignedJob): void {
  const isAnother = isIn(job, 'queued') && isAnotherJobToMatch(before.content, job.content);
  if (!isAnother && !isIn(job, 'created')) {
    putJob(turn, job);
    return;
  }
  const offers = openOffersOf(before);
  const queued = enqueue(job, turn.at);
  putJob(turn, queued);
  revokeOffers(turn, offers);
  turn.tell({ type: 'JobQueued', at: turn.at, job: jobView(queued) });
}

/** Stores a job that has just entered its queue, and says so. */
function queueJob(turn: Turn, job: Job): void {
  putJob(turn, job);
  turn.tell({ type: 'JobQueued', at: turn.at, job: jobView(job) });
}

export function enqueueJob(turn: Turn, { jobId }: CommandOf<'EnqueueJob'>): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  if (job && (isIn(job, 'created') || (isIn(job, 'waitingForActivation') && job.state.isPassing))) {
    queueJob(turn, enqueue(job, turn.at));
  }
  return nothing;
}

/** Where we guessed: a job that somebody works on can be cancelled too, and goes on to show its assignment. */
export function cancelJob(
  turn: Turn,
  { jobId, note, dispositionCode = defaultDisposition.cancel }: CommandOf<'CancelJob'>,
): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  if (!job) return refused({ kind: 'notFound' });
  if (!isOpen(job)) {
    return refused({ kind: 'wrongStatus', operation: 'cancel', jobId, status: job.state.status });
  }
  cancelNow(turn, job, { dispositionCode, note });
  return nothing;
}

export function cancelNow(turn: Turn, job: OpenJob, closing: Closing): void {
  const { dispositionCode, note } = closing;
  const offers = openOffersOf(job);
  const cancelled = cancel(job, closing, turn.at);
  putJob(turn, cancelled);
  freeWorkerOf(turn, job);
  turn.tell({
    type: 'JobCancelled',
    at: turn.at,
    job: jobView(cancelled),
    dispositionCode,
    ...(note !== undefined && { note }),
  });
  revokeOffers(turn, offers);
}

/** The worker that has the job assigned, if any, gets its capacity back. */
export function freeWorkerOf(turn: Turn, job: Job): void {
  const assignment = assignmentOf(job);
  if (!assignment) return;
  const worker = known(turn.store.workers, assignment.workerId);
  putWorker(turn, endAssignment(worker, assignment.assignmentId, turn.store.nextNumber(), turn.at));
}

export function reclassifyJob(turn: Turn, { jobId }: CommandOf<'ReclassifyJob'>): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  if (!job) return refused({ kind: 'notFound' });
  // Where we guessed: a job that somebody works on, or that has ended, cannot be classified again.
  if (!isUnassigned(job)) {
    return refused({ kind: 'wrongStatus', operation: 'reclassify', jobId, status: job.state.status });
  }
  if (job.content.classificationPolicyId === undefined) {
    return refused({ kind: 'noClassificationPolicy', jobId });
  }
  reclassify(turn, job);
  return nothing;
}

export function deleteJob(turn: Turn, { id }: CommandOf<'DeleteJob'>): Answer<Nothing> {
  const job = turn.store.jobs.get(id);
  if (!job) return nothing;
  if (isOpen(job)) return refused({ kind: 'jobStillActive' });
  turn.store.jobs.delete(id);
  turn.tell({ type: 'JobDeleted', at: turn.at, job: jobView(job) });
  return nothing;
}

export function forgetDeclineOf(
  turn: Turn,
  { workerId, jobId }: CommandOf<'ForgetDecline'>,
): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  const retryOfferAt = job?.declines.get(workerId)?.retryOfferAt;
  if (!job || retryOfferAt === undefined || retryOfferAt > turn.at) return nothing;
  putJob(turn, forgetDecline(job, workerId));
  const worker = turn.store.workers.get(workerId);
  if (worker && isAvailable(worker)) askForWork(turn, worker);
  return nothing;
}
