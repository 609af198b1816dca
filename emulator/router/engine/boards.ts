import type { JobId, QueueId } from './ids.ts';
import { isIn } from './job.ts';
import { QueueBoard } from './queueBoard.ts';
import { known, policyOf, type Store, type Turn } from './store.ts';
import { askForWork, keepWaiting } from './waiting.ts';
import { isAvailable, offersOf } from './worker.ts';

export const openBoard = (store: Store, queueId: QueueId): void => {
  store.boards.set(queueId, new QueueBoard(policyOf(store, queueId).content.mode));
};

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
  if (isIn(job, 'queued')) keepWaiting(turn, known(turn.store.places, jobId), job);
}
