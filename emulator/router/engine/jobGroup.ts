import type { WorkerId } from './ids.ts';
import { OrderedList } from './orderedList.ts';
import { goesBefore, type QueuePlace } from './queuePlace.ts';
import type { Signature } from './selectors.ts';
import type { Worker } from './worker.ts';

/** What one worker declined among the jobs of a group, in its latest registration that declined any. */
interface Declined {
  readonly registration: number;
  readonly jobs: OrderedList<QueuePlace>;
}

/** The waiting jobs of one signature, in order. */
export class JobGroup {
  readonly signature: Signature;
  readonly #jobs = new OrderedList(goesBefore);
  /** Made with the first decline; most groups never see one. */
  #declined: Map<WorkerId, Declined> | undefined;

  constructor(signature: Signature) {
    this.signature = signature;
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  first(): QueuePlace | undefined {
    return this.#jobs.first();
  }

  add(job: QueuePlace): void {
    this.#jobs.add(job);
    for (const [workerId, { registration }] of job.declines)
      this.#declinedIn(workerId, registration)?.add(job);
  }

  remove(job: QueuePlace): void {
    this.#jobs.remove(job);
    for (const workerId of job.declines.keys()) {
      const declined = this.#declined?.get(workerId);
      declined?.jobs.remove(job);
      if (declined?.jobs.length === 0) this.#declined?.delete(workerId);
    }
  }

  #declinedIn(workerId: WorkerId, registration: number): OrderedList<QueuePlace> | undefined {
    this.#declined ??= new Map();
    const latest = this.#declined.get(workerId);
    if (latest && latest.registration >= registration) {
      return latest.registration === registration ? latest.jobs : undefined;
    }
    const jobs = new OrderedList(goesBefore);
    this.#declined.set(workerId, { registration, jobs });
    return jobs;
  }

  /** The jobs the worker has not declined, in order. */
  notDeclinedBy(worker: Worker): Iterable<QueuePlace> {
    const declined = this.#declined?.get(worker.id);
    return declined?.registration === worker.registration ? this.#without(declined.jobs) : this.#jobs;
  }

  /**
   * Leaps over the declined jobs: these are some of all, in the same order, so where both lists agree on one job, they
   * agree on all between it and the last leap.
   */
  *#without(declined: OrderedList<QueuePlace>): Generator<QueuePlace, void, undefined> {
    for (let [rank, declinedBefore] = [0, 0]; rank < this.#jobs.length; rank += 1) {
      const leap = agreement(this.#jobs, rank, declined, declinedBefore);
      rank += leap;
      declinedBefore += leap;
      const job = this.#jobs.at(rank);
      if (job) yield job;
    }
  }
}

/** For how many items both lists agree, from these ranks on; once they differ, they go on to differ. */
function agreement<Item>(
  list: OrderedList<Item>,
  rank: number,
  part: OrderedList<Item>,
  from: number,
): number {
  let [low, high] = [0, part.length - from];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (part.at(from + middle) === list.at(rank + middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
