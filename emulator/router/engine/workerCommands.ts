import { done, nothing, refused } from './answer.ts';
import type { CommandOf, Nothing, Upserted, WorkerPatch } from './commands.ts';
import type { Answer } from './engine.ts';
import type { WorkerProperty } from './facts.ts';
import { watchIdleness } from './idleWorkers.ts';
import { idProblems, type WorkerId } from './ids.ts';
import { isSame } from './mergePatch.ts';
import type { QueueView } from './model/queue.ts';
import type { WorkerView } from './model/worker.ts';
import { putWorker, removeWorker } from './putWorker.ts';
import { revokeOffers } from './revokeOffers.ts';
import { known, type Turn } from './store.ts';
import { queueView, workerView } from './views.ts';
import {
  assignmentsOf,
  createWorker,
  deregister,
  editWorker,
  isRegistered,
  offersOf,
  register,
  type Worker,
} from './worker.ts';
import { changedProperties, isAnotherMatch, patchWorker } from './workerPatch.ts';

export function upsertWorker(
  turn: Turn,
  { id, patch }: CommandOf<'UpsertWorker'>,
): Answer<Upserted<WorkerView>> {
  const { store } = turn;
  const current = store.workers.get(id);
  const checked = patchWorker(id, current?.content, patch, (queueId) => store.queues.has(queueId));
  const problems = [...idProblems(id), ...('problems' in checked ? checked.problems : [])];
  if ('problems' in checked || problems.length > 0) return refused({ kind: 'invalid', problems });
  const worker = current
    ? edited(turn, current, checked.content, patch.availableForOffers)
    : createWorker(id, checked.content, turn.at);
  if (worker !== current) putWorker(turn, worker);
  const changed = current ? [...changedProperties(current.content, worker.content)] : [];
  if (setAvailability(turn, worker, patch.availableForOffers)) changed.push('AvailableForOffers');
  if (current && changed.length > 0) tellUpdated(turn, id, changed);
  if (current && isAnotherMatch(current.content, worker.content)) {
    revokeOffers(turn, offersOf(known(store.workers, id)));
  }
  return done({ created: !current, resource: workerView(known(store.workers, id)) });
}

type Availability = WorkerPatch['availableForOffers'];

/** Null puts the default back, which is not available. */
const isSwitch = (worker: Worker, wanted: Availability): boolean =>
  wanted !== undefined && (wanted ?? false) !== isRegistered(worker);

/** Recorded: a switch of the availability writes the worker twice, as edited and as registered or not. */
const edited = (turn: Turn, current: Worker, content: Worker['content'], wanted: Availability): Worker =>
  isSame(current.content, content) && !isSwitch(current, wanted)
    ? current
    : editWorker(current, content, turn.at);

/** Tells whether that changed anything. */
function setAvailability(turn: Turn, worker: Worker, wanted: Availability): boolean {
  if (!isSwitch(worker, wanted)) return false;
  if (!wanted) {
    deregisterWorker(turn, worker);
    return true;
  }
  const registered = register(worker, turn.store.nextNumber(), turn.at);
  putWorker(turn, registered);
  watchIdleness(turn, worker.id, turn.at);
  turn.tell({ type: 'WorkerRegistered', at: turn.at, ...workerSnapshots(turn, registered) });
  return true;
}

/** The worker leaves the active state, and the offers it had are revoked. */
export function deregisterWorker(turn: Turn, worker: Worker): void {
  const deregistered = deregister(worker, turn.at);
  putWorker(turn, deregistered);
  turn.tell({ type: 'WorkerDeregistered', at: turn.at, ...workerSnapshots(turn, deregistered) });
  revokeOffers(turn, offersOf(worker));
}

/** Where we guessed: a patch of the availability is told as well; a creation and an automatic deregistration are not. */
function tellUpdated(turn: Turn, id: WorkerId, updatedProperties: readonly WorkerProperty[]): void {
  const worker = known(turn.store.workers, id);
  turn.tell({
    type: 'WorkerUpdated',
    at: turn.at,
    ...workerSnapshots(turn, worker),
    updatedProperties,
  });
}

/** Where we guessed: an active worker is deleted without being told as deregistered. */
export function deleteWorker(turn: Turn, { id }: CommandOf<'DeleteWorker'>): Answer<Nothing> {
  const { store } = turn;
  const worker = store.workers.get(id);
  if (!worker) return nothing;
  if (assignmentsOf(worker).length > 0) return refused({ kind: 'workerHasAssignments' });
  revokeOffers(turn, offersOf(worker));
  const last = known(store.workers, id);
  removeWorker(store, last);
  turn.tell({ type: 'WorkerDeleted', at: turn.at, ...workerSnapshots(turn, last) });
  return nothing;
}

const workerSnapshots = ({ store }: Turn, worker: Worker) => ({
  worker: workerView(worker),
  queues: worker.content.queues.map((queueId): QueueView => queueView(known(store.queues, queueId))),
});
