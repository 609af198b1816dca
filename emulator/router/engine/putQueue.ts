/** The only functions that write queues, and open, refresh and close their boards. */
import type { JobId, QueueId } from './ids.ts';
import { isIn } from './job.ts';
import type { Queue } from './queue.ts';
import { QueueBoard } from './queueBoard.ts';
import { known, policyOf, type Store, type Turn } from './store.ts';
import { askForWork, keepWaiting } from './waiting.ts';
import { isAvailable, offersOf } from './worker.ts';

/** A queue has a board for as long as it is there. */
export function putQueue(store: Store, queue: Queue): void {
  store.queues.set(queue.id, queue);
  store.queuesByLabel.put(queue);
  if (store.boards.has(queue.id)) return;
  const { mode } = policyOf(store, queue.id).content;
  store.boards.set(queue.id, new QueueBoard(mode, queue.revision.modifiedAt));
}

/** Nobody serves the queue any more, and no open job is in it. */
export function removeQueue(store: Store, id: QueueId): void {
  store.queues.delete(id);
  store.queuesByLabel.remove(id);
  store.boards.delete(id);
}

/**
 * The queue has another distribution mode: its workers are put in the new order and all matches are tried
 * again. Jobs that may now have more or fewer offers than before are found through the workers that hold one.
 */
export function refreshBoard(turn: Turn, queueId: QueueId): void {
  const { store } = turn;
  const board = known(store.boards, queueId);
  board.follow(policyOf(store, queueId).content.mode);
  for (const workerId of board.assignedWorkers) {
    const worker = known(store.workers, workerId);
    for (const offer of offersOf(worker)) if (offer.queueId === queueId) lookAgain(turn, offer.jobId);
    if (isAvailable(worker)) askForWork(turn, worker);
  }
}

function lookAgain(turn: Turn, jobId: JobId): void {
  const job = known(turn.store.jobs, jobId);
  if (isIn(job, 'queued')) keepWaiting(turn, known(turn.store.places, jobId));
}
