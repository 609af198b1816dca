import type { Instant } from '../../clock/instant.ts';
import { lowerBound, OrderedList } from './orderedList.ts';
import { isMoreUrgent, isOlder, type QueuePlace } from './queuePlace.ts';

/** The jobs of one urgency: expedited or not, and of one priority. */
interface Level {
  /** Any of them; all are equally urgent. */
  readonly sample: QueuePlace;
  readonly jobs: OrderedList<QueuePlace>;
}

/**
 * Every queued job of one queue, those with open offers included, in the order in which they are to be served. Jobs
 * of one urgency stand by seniority, so each urgency has a list of its own: who is new goes to its end, and who is
 * served leaves from its beginning, without a search through the others.
 */
export class QueueLine {
  /** The most urgent first, none of them empty. */
  readonly #levels: Level[] = [];
  #length = 0;
  /** At hand, because whoever looks for work glances at the first of each queue it serves. */
  #first: QueuePlace | undefined;

  get length(): number {
    return this.#length;
  }

  get first(): QueuePlace | undefined {
    return this.#first;
  }

  add(job: QueuePlace): void {
    this.#length += 1;
    const index = this.#indexFor(job);
    const level = this.#levels[index];
    if (level && !isMoreUrgent(job, level.sample)) level.jobs.add(job);
    else {
      const jobs = new OrderedList(isOlder);
      jobs.add(job);
      this.#levels.splice(index, 0, { sample: job, jobs });
    }
    if (index === 0) this.#noteFirst();
  }

  remove(job: QueuePlace): void {
    const index = this.#indexFor(job);
    const jobs = this.#levels[index]?.jobs;
    if (!jobs) return;
    this.#length -= jobs.length;
    jobs.remove(job);
    this.#length += jobs.length;
    if (jobs.length === 0) this.#levels.splice(index, 1);
    if (index === 0) this.#noteFirst();
  }

  #noteFirst(): void {
    this.#first = this.#levels[0]?.jobs.first();
  }

  /** 1 for the job that is served next. */
  positionOf(job: QueuePlace): number {
    const index = this.#indexFor(job);
    let before = 0;
    for (const { jobs } of this.#levels.slice(0, index)) before += jobs.length;
    return before + (this.#levels[index]?.jobs.rankOf(job) ?? 0) + 1;
  }

  *inOrder(): Generator<QueuePlace, void, undefined> {
    for (const { jobs } of this.#levels) yield* jobs;
  }

  /** When the job that waits for longest was enqueued: one of the first of their levels, a few hundred at most. */
  oldestEnqueuedAt(): Instant | undefined {
    let oldest: Instant | undefined;
    for (const { jobs } of this.#levels) {
      const enqueuedAt = jobs.first()?.enqueuedAt;
      if (enqueuedAt !== undefined && (oldest === undefined || enqueuedAt < oldest)) oldest = enqueuedAt;
    }
    return oldest;
  }

  /** Where the job's level is, or would have to be. */
  #indexFor(job: QueuePlace): number {
    return lowerBound(this.#levels, ({ sample }) => isMoreUrgent(sample, job));
  }
}
