import type { WorkerId } from './ids.ts';
import type { DistributionModeKind } from './model.ts';
import { OrderedList } from './orderedList.ts';
import { loadRatio, type Worker } from './worker.ts';

type IsBefore = (a: Worker, b: Worker) => boolean;

/** Documented: the lowest load first, then who is idle for longest. */
const isIdler: IsBefore = (a, b) => {
  const [loadOfA, loadOfB] = [loadRatio(a), loadRatio(b)];
  return loadOfA === loadOfB ? a.idleSince < b.idleSince : loadOfA < loadOfB;
};

/** Round robin goes by id. */
const hasSmallerId: IsBefore = (a, b) => a.id < b.id;

/** Of workers with equal scores the one idle for longest comes first; the scores are matchQueue.ts's business. */
const orders: Record<DistributionModeKind, IsBefore> = {
  longestIdle: isIdler,
  roundRobin: hasSmallerId,
  bestWorker: isIdler,
};

/** The workers of one queue with room for a job, in the order in which they are to be asked. */
export class AvailableWorkers {
  readonly #placed = new Map<WorkerId, Worker>();
  #kind: DistributionModeKind;
  #order: OrderedList<Worker>;
  #lastOffered: Worker | undefined;

  constructor(kind: DistributionModeKind) {
    this.#kind = kind;
    this.#order = new OrderedList(orders[kind]);
  }

  /** Puts the worker where it belongs now, wherever it was before. */
  place(worker: Worker): void {
    this.remove(worker.id);
    this.#placed.set(worker.id, worker);
    this.#order.add(worker);
  }

  remove(id: WorkerId): void {
    const placed = this.#placed.get(id);
    if (!placed) return;
    this.#order.remove(placed);
    this.#placed.delete(id);
  }

  has(id: WorkerId): boolean {
    return this.#placed.has(id);
  }

  /** Round robin starts behind the worker that was offered a job last. */
  inOrder(): Iterable<Worker> {
    return this.#kind === 'roundRobin' && this.#lastOffered
      ? this.#order.startingAfter(this.#lastOffered)
      : this.#order;
  }

  /** These few in the order in which they are to be asked. */
  sorted(workers: readonly Worker[]): Iterable<Worker> {
    if (workers.length < 2) return workers;
    const few = new AvailableWorkers(this.#kind);
    few.#lastOffered = this.#lastOffered;
    for (const worker of workers) few.place(worker);
    return few.inOrder();
  }

  /** As it was when it was offered something. */
  get lastOffered(): Worker | undefined {
    return this.#lastOffered;
  }

  noteOffered(worker: Worker): void {
    this.#lastOffered = worker;
  }

  reorder(kind: DistributionModeKind): void {
    this.#kind = kind;
    this.#order = new OrderedList(orders[kind]);
    for (const worker of this.#placed.values()) this.#order.add(worker);
  }
}
