/** At most so many starts in any span of time, however the span is laid. */
export interface SlidingLimit {
  readonly starts: number;
  /** From when on another start keeps the limit, in milliseconds. */
  freeAt(): number;
  /** Notes a start at `time`, which is no earlier than any before it. */
  take(time: number): void;
  /** How many starts were later than `time`. */
  countSince(time: number): number;
}

/** A start is allowed once the one that came `starts` before it has left the span, so only those are remembered. */
export function slidingLimit(starts: number, spanMilliseconds: number): SlidingLimit {
  const latest = new Float64Array(starts).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    starts,
    freeAt: () => (latest[oldest] ?? 0) + spanMilliseconds,
    take(time) {
      latest[oldest] = time;
      oldest = (oldest + 1) % starts;
    },
    countSince: (time) => latest.reduce((count, start) => (start > time ? count + 1 : count), 0),
  };
}
