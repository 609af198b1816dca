import type { QueueId } from './ids.ts';
import type { QueueSelector } from './model/selectors.ts';
import type { Labels, Scalar } from './model/values.ts';
import { OrderedList } from './orderedList.ts';
import type { Queue } from './queue.ts';
import { isScalar, satisfiesAll } from './selectors.ts';

interface FiledQueue {
  readonly id: QueueId;
  readonly labels: Labels;
  /** Smaller for what was created earlier; an edit leaves it alone. */
  readonly number: number;
}

type Filed = OrderedList<FiledQueue>;

const wasCreatedBefore = (a: FiledQueue, b: FiledQueue): boolean => a.number < b.number;

/**
 * Queues under each of their labels, so that classification looks at those that have one label a job asks for, and
 * not at all there are.
 */
export class QueuesByLabel {
  readonly #queues = new Map<QueueId, FiledQueue>();
  readonly #filed = new Map<string, Map<Scalar, Filed>>();
  #given = 0;

  /** A new queue, or one whose labels may have changed. */
  put({ id, content: { labels } }: Queue): void {
    const present = this.#queues.get(id);
    if (present?.labels === labels) return;
    if (present) this.#takeOut(present);
    const queue = { id, labels, number: present?.number ?? ++this.#given };
    this.#queues.set(id, queue);
    for (const [key, value] of Object.entries(labels)) this.#under(key, value).add(queue);
  }

  remove(id: QueueId): void {
    const present = this.#queues.get(id);
    if (present) this.#takeOut(present);
    this.#queues.delete(id);
  }

  /** Of all queues that satisfy the selectors, the one created first. */
  firstFitting(selectors: readonly QueueSelector[]): QueueId | undefined {
    for (const { id, labels } of this.#candidates(selectors)) if (satisfiesAll(labels, selectors)) return id;
    return undefined;
  }

  /** The fewest that one selector leads to, in the order of their creation; without such a selector, all. */
  #candidates(selectors: readonly QueueSelector[]): Iterable<FiledQueue> {
    let fewest: Filed | undefined;
    for (const { key, labelOperator, value } of selectors) {
      if (labelOperator !== 'equal' || !isScalar(value)) continue;
      const filed = this.#filed.get(key)?.get(value);
      if (!filed) return [];
      if (!fewest || filed.length < fewest.length) fewest = filed;
    }
    return fewest ?? this.#queues.values();
  }

  #under(key: string, value: Scalar): Filed {
    const byValue = this.#filed.get(key) ?? new Map<Scalar, Filed>();
    const filed = byValue.get(value) ?? new OrderedList(wasCreatedBefore);
    byValue.set(value, filed);
    this.#filed.set(key, byValue);
    return filed;
  }

  #takeOut(queue: FiledQueue): void {
    for (const [key, value] of Object.entries(queue.labels)) {
      const byValue = this.#filed.get(key);
      const filed = byValue?.get(value);
      filed?.remove(queue);
      if (filed?.length === 0) byValue?.delete(value);
      if (byValue?.size === 0) this.#filed.delete(key);
    }
  }
}
