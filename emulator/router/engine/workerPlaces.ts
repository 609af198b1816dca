/**
 * Who is available, on the boards of the queues. A worker that was freed is offered the next job in the same instant
 * when jobs wait, and nobody has looked at it in between; so the boards of all its queues are brought up to date only
 * when somebody asks one of them, and not with each of its moves.
 */
import type { AvailableWorkers } from './availableWorkers.ts';
import type { WorkerId } from './ids.ts';
import type { QueueBoard } from './queueBoard.ts';
import { known, type Store } from './store.ts';
import { isAvailable, type Worker } from './worker.ts';

export function availableOn(store: Store, { available }: QueueBoard): AvailableWorkers {
  for (const id of store.displacedWorkers) place(store, id);
  return available;
}

function place(store: Store, id: WorkerId): void {
  const worker = known(store.workers, id);
  if (store.placedWorkers.get(id) === worker) store.displacedWorkers.delete(id);
  else {
    unplace(store, id);
    if (isAvailable(worker)) putOnBoards(store, worker);
  }
}

function putOnBoards(store: Store, worker: Worker): void {
  for (const { available } of known(store.servedBoards, worker.id)) available.add(worker);
  store.placedWorkers.set(worker.id, worker);
}

/** The worker is on no board; where it belongs is for others to find out. */
export function unplace(store: Store, id: WorkerId): void {
  store.displacedWorkers.delete(id);
  const placed = store.placedWorkers.get(id);
  if (!placed) return;
  for (const { available } of known(store.servedBoards, id)) available.remove(placed);
  store.placedWorkers.delete(id);
}
