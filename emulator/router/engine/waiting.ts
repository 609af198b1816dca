/**
 * Which queued jobs matching sees: those with room for one more offer, once the offer delay is over, unless their
 * workers are being scored. Here it is noticed, too, that a new match may be possible; no command has to remember it.
 */
import { delayed } from './delays.ts';
import type { JobId, QueueId } from './ids.ts';
import type { QueuedJob } from './job.ts';
import type { DueMatch, QueueBoard } from './queueBoard.ts';
import type { QueuePlace } from './queuePlace.ts';
import { known, type Store, type Turn } from './store.ts';
import { isAvailable, type Worker } from './worker.ts';

/** The job as one that waits for an offer: queued, with room for one more. */
export const waitingJob = (place: QueuePlace): QueuedJob | undefined =>
  wantsOffer(place) ? place.job : undefined;

const wantsOffer = ({ board, job }: QueuePlace): boolean =>
  job.state.offers.length < board.mode.maxConcurrentOffers;

/** The job stands where it stood, and may have got or lost an offer or been declined. */
export function keepWaiting(turn: Turn, place: QueuePlace): void {
  const isSeen = place.isWaiting || turn.store.scorings.has(place.jobId);
  if (!wantsOffer(place)) stopWaiting(turn, place);
  else if (!isSeen) askToMatch(turn, place);
  else if (place.isWaiting && place.declines !== place.job.declines) {
    stopWaiting(turn, place);
    beginWaiting(place);
  }
}

/** The job has a new place in a queue. */
export function beginAnew(turn: Turn, place: QueuePlace): void {
  if (wantsOffer(place)) askToMatch(turn, place);
}

/** The job is not seen by matching any more, and what is asked about its workers is of no use. */
export function stopWaiting(turn: Turn, place: QueuePlace): void {
  const { store } = turn;
  if (place.isWaiting) {
    place.board.waiting.remove(place);
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
  const place = store.places.get(id);
  if (!place || place.isWaiting || !wantsOffer(place)) return undefined;
  beginWaiting(place);
  return place;
}

function beginWaiting(place: QueuePlace): void {
  place.isWaiting = true;
  place.declines = place.job.declines;
  place.board.waiting.add(place);
}

/** Has workers looked for to take the job, after the offer delay. */
export const askToMatch = (turn: Turn, { jobId, queueId, board }: QueuePlace): void =>
  askForMatch(turn, queueId, board, ({ jobs }) => jobs.push(jobId));

/**
 * Has the worker's queues looked through for it, after the offer delay. A match of any of them looks through all,
 * so one is enough to ask.
 */
export function askForWork(turn: Turn, worker: Worker): void {
  const [queueId] = worker.content.queues;
  if (queueId === undefined) return;
  const board = known(turn.store.boards, queueId);
  askForMatch(turn, queueId, board, ({ workers }) => workers.push(worker.id));
}

function askForMatch(turn: Turn, queueId: QueueId, board: QueueBoard, join: (match: DueMatch) => void): void {
  const when = delayed(turn.at, turn.delays.offer, turn.ports);
  const { match, isNew } = board.due.at(when);
  join(match);
  if (isNew) turn.ask(when, { type: 'MatchQueue', queueId });
}
