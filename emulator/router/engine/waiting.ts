/**
 * Which queued jobs matching sees: those with room for one more offer, once the offer delay is over, unless their
 * workers are being scored. Here it is noticed, too, that a new match may be possible; no command has to remember it.
 */
import { delayed } from './delays.ts';
import type { JobId, QueueId } from './ids.ts';
import { isIn, type Job, type QueuedJob, queueOf } from './job.ts';
import type { DueMatch } from './queueBoard.ts';
import type { QueuePlace } from './queuePlace.ts';
import { known, type Store, type Turn } from './store.ts';
import { isAvailable, type Worker } from './worker.ts';

/** The job as one that waits for an offer: queued, with room for one more. */
export function waitingJob(store: Store, id: JobId): QueuedJob | undefined {
  const job = store.jobs.get(id);
  return job && wantsOffer(store, job) ? job : undefined;
}

const wantsOffer = (store: Store, job: Job): job is QueuedJob =>
  isIn(job, 'queued') && job.state.offers.length < known(store.boards, queueOf(job)).mode.maxConcurrentOffers;

/** The job stands where it stood, and may have got or lost an offer or been declined. */
export function keepWaiting(turn: Turn, place: QueuePlace, job: QueuedJob): void {
  const { store } = turn;
  const isSeen = place.isWaiting || store.scorings.has(job.id);
  if (!wantsOffer(store, job)) stopWaiting(turn, place);
  else if (!isSeen) askToMatch(turn, place);
  else if (place.isWaiting && place.declines !== job.declines) {
    stopWaiting(turn, place);
    beginWaiting(store, place, job);
  }
}

/** The job has a new place in a queue. */
export function beginAnew(turn: Turn, place: QueuePlace, job: QueuedJob): void {
  if (wantsOffer(turn.store, job)) askToMatch(turn, place);
}

/** The job is not seen by matching any more, and what is asked about its workers is of no use. */
export function stopWaiting(turn: Turn, place: QueuePlace): void {
  const { store } = turn;
  if (place.isWaiting) {
    known(store.boards, place.queueId).waiting.remove(place);
    place.isWaiting = false;
  }
  if (store.scorings.size > 0) stopScoring(turn, place.jobId);
}

function stopScoring(turn: Turn, id: JobId): void {
  const { store } = turn;
  const scoring = store.scorings.get(id);
  if (!scoring) return;
  store.scorings.delete(id);
  for (const callId of scoring.awaited.keys()) store.awaitedCalls.delete(callId);
  for (const workerId of scoring.spokenFor) {
    const worker = store.workers.get(workerId);
    if (worker && isAvailable(worker)) askForWork(turn, worker);
  }
}

/** The offer delay is over: from now on the job is seen by matching. */
export function admitToWaiting(store: Store, id: JobId): QueuePlace | undefined {
  const job = waitingJob(store, id);
  const place = job && known(store.places, id);
  if (!job || !place || place.isWaiting) return undefined;
  beginWaiting(store, place, job);
  return place;
}

function beginWaiting(store: Store, place: QueuePlace, { declines }: QueuedJob): void {
  place.isWaiting = true;
  place.declines = declines;
  known(store.boards, place.queueId).waiting.add(place);
}

/** Has workers looked for to take the job, after the offer delay. */
export const askToMatch = (turn: Turn, { jobId, queueId }: QueuePlace): void =>
  askForMatch(turn, queueId, ({ jobs }) => jobs.push(jobId));

/**
 * Has the worker's queues looked through for it, after the offer delay. A match of any of them looks through all,
 * so one is enough to ask.
 */
export function askForWork(turn: Turn, worker: Worker): void {
  const [queueId] = worker.content.queues;
  if (queueId !== undefined) askForMatch(turn, queueId, ({ workers }) => workers.push(worker.id));
}

function askForMatch(turn: Turn, queueId: QueueId, join: (match: DueMatch) => void): void {
  const when = delayed(turn.at, turn.delays.offer, turn.ports);
  const { match, isNew } = known(turn.store.boards, queueId).due.at(when);
  join(match);
  if (isNew) turn.ask(when, { type: 'MatchQueue', queueId });
}
