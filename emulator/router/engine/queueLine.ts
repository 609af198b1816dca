import type { Instant } from '../../clock/instant.ts';
import { lowerBound, OrderedList } from './orderedList.ts';
import { isOlder, type QueuePlace } from './queuePlace.ts';

/**
 * Every queued job of one queue, those with open offers included, in the order in which they are to be served. Jobs
 * of one urgency stand by seniority, so each urgency has a list of its own: who is new goes to its end, and who is
 * served leaves from its beginning, without a search through the others.
 */
export class QueueLine {
  /** Of those who are there; the most urgent first. */
  readonly #urgencies: number[] = [];
  /** The jobs of each, none of them empty. */
  readonly #levels: OrderedList<QueuePlace>[] = [];
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
    if (this.#urgencies[index] !== job.urgency) {
      this.#urgencies.splice(index, 0, job.urgency);
      this.#levels.splice(index, 0, new OrderedList(isOlder));
    }
    this.#levels[index]?.add(job);
    if (index === 0) this.#noteFirst();
  }

  remove(job: QueuePlace): void {
    const index = this.#indexFor(job);
    const level = this.#levels[index];
    if (!level || this.#urgencies[index] !== job.urgency) return;
    this.#length -= level.length;
    level.remove(job);
    this.#length += level.length;
    if (level.length === 0) {
      this.#urgencies.splice(index, 1);
      this.#levels.splice(index, 1);
    }
    if (index === 0) this.#noteFirst();
  }

  #noteFirst(): void {
    this.#first = this.#levels[0]?.first();
  }

  /** 1 for the job that is served next. */
  positionOf(job: QueuePlace): number {
    const index = this.#indexFor(job);
    let before = 0;
    for (const level of this.#levels.slice(0, index)) before += level.length;
    return before + (this.#levels[index]?.rankOf(job) ?? 0) + 1;
  }

  *inOrder(): Generator<QueuePlace, void, undefined> {
    for (const level of this.#levels) yield* level;
  }

  /** When the job that waits for longest was enqueued: one of the first of their levels, a few hundred at most. */
  oldestEnqueuedAt(): Instant | undefined {
    let oldest: Instant | undefined;
    for (const level of this.#levels) {
      const enqueuedAt = level.first()?.enqueuedAt;
      if (enqueuedAt !== undefined && (oldest === undefined || enqueuedAt < oldest)) oldest = enqueuedAt;
    }
    return oldest;
  }

  /** Where the jobs of its urgency are, or would have to be. */
  #indexFor({ urgency }: QueuePlace): number {
    return lowerBound(this.#urgencies, (other) => other > urgency);
  }
}
