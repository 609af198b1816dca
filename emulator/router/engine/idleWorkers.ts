import { type Instant, secondsAfter } from '../../clock/instant.ts';
import { nothing } from './answer.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import type { WorkerId } from './ids.ts';
import type { Turn } from './store.ts';
import { assignmentsOf, isRegistered, offersOf } from './worker.ts';
import { deregisterWorker } from './workerCommands.ts';

/** Documented. */
const patienceInDays = 7;

const patienceEnds = (activeAt: Instant): Instant => secondsAfter(activeAt, patienceInDays * 24 * 60 * 60);

/** The worker is looked at again when it may have been idle for too long. One look is pending per worker. */
export function watchIdleness(turn: Turn, workerId: WorkerId, activeAt: Instant): void {
  if (turn.store.watchedWorkers.has(workerId)) return;
  turn.store.watchedWorkers.add(workerId);
  turn.ask(patienceEnds(activeAt), { type: 'DeregisterIdleWorker', workerId });
}

/**
 * Where we guessed: whatever is written to a worker counts as its activity, and one that holds an offer or an
 * assignment is not idle.
 */
export function deregisterIdleWorker(
  turn: Turn,
  { workerId }: CommandOf<'DeregisterIdleWorker'>,
): Answer<Nothing> {
  turn.store.watchedWorkers.delete(workerId);
  const worker = turn.store.workers.get(workerId);
  if (!worker || !isRegistered(worker)) return nothing;
  const isHolding = offersOf(worker).length + assignmentsOf(worker).length > 0;
  const activeAt = isHolding ? turn.at : worker.revision.modifiedAt;
  if (patienceEnds(activeAt) <= turn.at) deregisterWorker(turn, worker);
  else watchIdleness(turn, workerId, activeAt);
  return nothing;
}
