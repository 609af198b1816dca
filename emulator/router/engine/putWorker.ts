/** The only functions that write workers, and keep the boards of their queues in step. */
import type { QueueId } from './ids.ts';
import { known, type Store, type Turn } from './store.ts';
import { askForWork } from './waiting.ts';
import { assignmentsOf, isAvailable, offersOf, shownOffersOf, type Worker } from './worker.ts';
import { unplace } from './workerPlaces.ts';

export function putWorker(turn: Turn, worker: Worker): void {
  const { store } = turn;
  const before = store.workers.set(worker.id, worker);
  noteShown(turn, before, worker);
  if (before?.content.queues !== worker.content.queues) serveQueues(store, before, worker);
  const available = isAvailable(worker);
  if (available || store.placedWorkers.has(worker.id)) store.displacedWorkers.add(worker.id);
  if (available && (!before || hasGained(before, worker))) askForWork(turn, worker);
}

function serveQueues(store: Store, before: Worker | undefined, { id, content: { queues } }: Worker): void {
  unplace(store, id);
  const kept = new Set(queues);
  for (const queueId of before?.content.queues ?? []) {
    if (!kept.has(queueId)) known(store.boards, queueId).assignedWorkers.delete(id);
  }
  const boards = queues.map((queueId: QueueId) => known(store.boards, queueId));
  for (const board of boards) board.assignedWorkers.add(id);
  store.servedBoards.set(id, boards);
}

/** A worker whose offers are limited may come to see others; which ones is told when the command is done. */
function noteShown(turn: Turn, before: Worker | undefined, after: Worker): void {
  const isLimited = (worker = before) => worker?.content.maxConcurrentOffers !== undefined;
  if ((isLimited() || isLimited(after)) && !turn.shownBefore.has(after.id)) {
    turn.noteShown(after.id, before ? shownOffersOf(before) : []);
  }
}

export function removeWorker(store: Store, { id }: Worker): void {
  unplace(store, id);
  for (const { assignedWorkers } of known(store.servedBoards, id)) assignedWorkers.delete(id);
  store.servedBoards.delete(id);
  store.workers.delete(id);
}

const held = (worker: Worker): number => offersOf(worker).length + assignmentsOf(worker).length;

const hasGained = (before: Worker, after: Worker): boolean =>
  before.content !== after.content ||
  before.registration !== after.registration ||
  held(after) < held(before);
