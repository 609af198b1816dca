/**
 * At most so many in any span of time, however the span is laid, by somebody else's count. Where we guessed: the router
 * counts a request at some moment between its start and its answer, nobody says when. So one is counted here from its
 * start until a whole span after its answer.
 */
export interface SlidingLimit {
  /** When another one may start, at the earliest, in milliseconds. Later than `now` where none may. */
  freeAt(now: number): number;
  start(): void;
  /** One that started is over at `time`, which is no earlier than any `time` before. */
  end(time: number): void;
  /** How many are counted at `now`. */
  count(now: number): number;
}

export function slidingLimit(most: number, spanMilliseconds: number): SlidingLimit {
  const ends = new Float64Array(most);
  let oldest = 0;
  let ended = 0;
  let underWay = 0;

  const endOfOldest = () => ends[oldest] ?? 0;
  function count(now: number): number {
    while (ended > 0 && endOfOldest() + spanMilliseconds <= now) {
      oldest = (oldest + 1) % most;
      ended -= 1;
    }
    return underWay + ended;
  }

  return {
    count,
    freeAt(now) {
      if (count(now) < most) return now;
      return (ended > 0 ? endOfOldest() : now) + spanMilliseconds;
    },
    start() {
      underWay += 1;
    },
    end(time) {
      underWay -= 1;
      ends[(oldest + ended) % most] = time;
      ended += 1;
    },
  };
}
