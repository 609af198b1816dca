import type { DistributionModeKind } from './model/distributionPolicy.ts';
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
  #kind: DistributionModeKind;
  #order: OrderedList<Worker>;
  #lastOffered: Worker | undefined;

  constructor(kind: DistributionModeKind) {
    this.#kind = kind;
    this.#order = new OrderedList(orders[kind]);
  }

  get isEmpty(): boolean {
    return this.#order.length === 0;
  }

  add(worker: Worker): void {
    this.#order.add(worker);
  }

  /** The worker as it was when it was added. */
  remove(worker: Worker): void {
    this.#order.remove(worker);
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
    for (const worker of workers) few.add(worker);
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
    const workers = this.#order;
    this.#kind = kind;
    this.#order = new OrderedList(orders[kind]);
    for (const worker of workers) this.#order.add(worker);
  }
}
