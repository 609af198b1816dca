/**
 * The only functions that write jobs. What follows from a job is brought in step here: the counts of its queue and
 * its policy, its place in its queue, its visit there. Most moves are about a job that is not queued, or leave it
 * where it is, and are told apart at a glance.
 */
import { isIn, isOpen, type Job, type QueuedJob, queueOf } from './job.ts';
import { isSamePlace, placeOf, type QueuePlace } from './queuePlace.ts';
import { type QueueVisit, visitOf } from './queueVisit.ts';
import { hasClocks, hasClocksToStart } from './selectorClocks.ts';
import { known, type Store, type Turn } from './store.ts';
import { beginAnew, keepWaiting, stopWaiting } from './waiting.ts';

export function putJob(turn: Turn, job: Job): void {
  const { store } = turn;
  const before = store.jobs.set(job.id, job);
  recountOpenJobs(store, before, job);
  if (before) dropQuestions(store, before, job);
  if (before && isIn(before, 'queued')) keepInQueue(turn, before, job);
  else if (isIn(job, 'queued')) enterQueue(turn, job);
  else if (store.interruptedVisits.size > 0 && !isComingBack(job)) store.interruptedVisits.delete(job.id);
}

/** The job is no more, whatever it was. */
export function removeJob(turn: Turn, job: Job): void {
  const { store } = turn;
  dropQuestions(store, job, undefined);
  if (isOpen(job)) countOpenJob(store, job, -1);
  if (isIn(job, 'queued')) leaveQueue(turn, known(store.places, job.id));
  store.interruptedVisits.delete(job.id);
  store.jobs.delete(job.id);
}

/** Nobody waits any more for what the functions and webhooks of an attempt to classify the job would have said. */
function dropQuestions(store: Store, before: Job, after: Job | undefined): void {
  if (!isIn(before, 'pendingClassification') || !before.state.inquiry) return;
  if (after && isIn(after, 'pendingClassification') && after.classifications === before.classifications)
    return;
  for (const [callId, { purpose }] of store.awaitedCalls) {
    if (purpose.kind === 'classification' && purpose.jobId === before.id) store.awaitedCalls.delete(callId);
  }
}

/** Where we guessed: a job that is only `created` counts, too, and keeps its queue from being deleted. */
function recountOpenJobs(store: Store, before: Job | undefined, after: Job): void {
  const wasOpen = before !== undefined && isOpen(before);
  if (wasOpen && before.content === after.content && isOpen(after)) return;
  if (wasOpen) countOpenJob(store, before, -1);
  if (isOpen(after)) countOpenJob(store, after, 1);
}

function countOpenJob(store: Store, { content }: Job, change: 1 | -1): void {
  const { queueId, classificationPolicyId: policyId } = content;
  if (queueId !== undefined) known(store.boards, queueId).openJobs += change;
  if (policyId === undefined) return;
  store.openJobsByPolicy.set(policyId, (store.openJobsByPolicy.get(policyId) ?? 0) + change);
}

function enterQueue(turn: Turn, job: QueuedJob): void {
  const { interruptedVisits } = turn.store;
  const interrupted = interruptedVisits.size > 0 ? interruptedVisits.get(job.id) : undefined;
  if (interrupted) interruptedVisits.delete(job.id);
  const place = placeFor(turn, job, interrupted);
  takePlace(turn, place, true);
  if (hasClocks(job.content)) turn.noteUnclocked(job.id);
  beginAnew(turn, place);
}

function keepInQueue(turn: Turn, before: QueuedJob, job: Job): void {
  const place = known(turn.store.places, job.id);
  if (!isIn(job, 'queued')) {
    leaveQueue(turn, place);
    endVisit(turn, place, job);
    return;
  }
  place.job = job;
  if (before.content === job.content) keepWaiting(turn, place);
  else editInQueue(turn, place, job);
}

function editInQueue(turn: Turn, place: QueuePlace, job: QueuedJob): void {
  const edited = placeFor(turn, job, place.visit);
  if (isSamePlace(place, edited)) keepWaiting(turn, place);
  else {
    leaveQueue(turn, place);
    takePlace(turn, edited, place.queueId !== edited.queueId);
    beginAnew(turn, edited);
  }
  if (hasClocksToStart(job.content)) turn.noteUnclocked(job.id);
}

function placeFor({ store, at }: Turn, job: QueuedJob, visit: QueueVisit | undefined): QueuePlace {
  const queueId = queueOf(job);
  return placeOf(job, known(store.boards, queueId), visitOf(queueId, at, visit));
}

function takePlace({ store, entries, at }: Turn, place: QueuePlace, isEntering: boolean): void {
  const { jobId, queueId, board } = place;
  if (isEntering) entries.push({ jobId, queueId, ahead: board.line.length });
  store.places.set(jobId, place);
  board.takeIn(place, at);
}

function leaveQueue(turn: Turn, place: QueuePlace): void {
  place.board.letGo(place, turn.at);
  turn.store.places.delete(place.jobId);
  stopWaiting(turn, place);
}

function endVisit({ store, at }: Turn, { board, visit }: QueuePlace, job: Job): void {
  if (isComingBack(job)) store.interruptedVisits.set(job.id, visit);
  else if (isIn(job, 'assigned')) board.waits.record(job.content.priority, visit.since, at);
}

/** Being classified again does not end a visit: where the job stays in its queue, it stays with its waiting time. */
const isComingBack = (job: Job): boolean =>
  isIn(job, 'pendingClassification') || (isIn(job, 'waitingForActivation') && job.state.isPassing);
