import type { Clock } from '../../src/clock.ts';

export interface FakeClock extends Clock {
  /** Every wait that was asked for, in seconds. */
  readonly waits: readonly number[];
}

/** Stands still until somebody waits, and then is where the wait ends at once. */
export function fakeClock(startsAt: string): FakeClock {
  let milliseconds = Date.parse(startsAt);
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(milliseconds),
    async wait(duration) {
      waits.push(duration / 1000);
      milliseconds += duration;
    },
  };
}
