import type { Instant } from '../../clock/instant.ts';
import { OrderedList } from './orderedList.ts';
import { goesBefore, type QueuePlace } from './queuePlace.ts';

/** Every queued job of one queue, those with open offers included, in the order in which they are to be served. */
export class QueueLine {
  readonly #jobs = new OrderedList(goesBefore);

  get length(): number {
    return this.#jobs.length;
  }

  first(): QueuePlace | undefined {
    return this.#jobs.first();
  }

  add(job: QueuePlace): void {
    this.#jobs.add(job);
  }

  remove(job: QueuePlace): void {
    this.#jobs.remove(job);
  }

  /** 1 for the job that is served next. */
  positionOf(job: QueuePlace): number {
    return this.#jobs.rankOf(job) + 1;
  }

  inOrder(): Iterable<QueuePlace> {
    return this.#jobs;
  }

  /**
   * When the job that waits for longest was enqueued. Jobs of one priority stand by seniority, so this looks at
   * the first of each: at a few hundred at most, however long the line is.
   */
  oldestEnqueuedAt(): Instant | undefined {
    let oldest: Instant | undefined;
    let first = this.#jobs.first();
    while (first) {
      const { isExpedited, priority, enqueuedAt } = first;
      if (oldest === undefined || enqueuedAt < oldest) oldest = enqueuedAt;
      first = this.#jobs.firstWhere((job) => isLowerThan(job, isExpedited, priority));
    }
    return oldest;
  }
}

const isLowerThan = (job: QueuePlace, isExpedited: boolean, priority: number): boolean =>
  job.isExpedited === isExpedited ? job.priority < priority : isExpedited;
