/**
 * How many events travel in one request. Batches are made of what is there when a request can leave: nothing waits
 * for a batch to fill.
 */
export interface BatchingPolicy {
  /** 1 turns batching off. Never exceeded. */
  readonly maxEventsPerBatch: number;
  /** Exceeded only by an event that is larger all by itself. */
  readonly preferredBatchSizeInKilobytes: number;
}

const BYTES_PER_KILOBYTE = 1024;

export const isBatching = ({ maxEventsPerBatch }: BatchingPolicy): boolean => maxEventsPerBatch > 1;

/** Takes the events of the next batch from the head of `waiting`; none when nothing waits. */
export function takeBatch<Event>(
  waiting: Event[],
  policy: BatchingPolicy,
  bytesOf: (event: Event) => number,
): readonly Event[] {
  if (!isBatching(policy)) return waiting.splice(0, 1);
  const room = policy.preferredBatchSizeInKilobytes * BYTES_PER_KILOBYTE;
  let count = 0;
  let bytes = 0;
  for (const event of waiting) {
    bytes += bytesOf(event);
    if (count === policy.maxEventsPerBatch || (count > 0 && bytes > room)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
