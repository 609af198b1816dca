import type { Clock } from '../../src/clock.ts';

export interface FakeClock extends Clock {
  /** Every wait that was asked for, in seconds. */
  readonly waits: readonly number[];
  /** Lets that much time pass, or less: it stops where the latest deadline strikes first. */
  elapse(milliseconds: number): void;
}

/** Stands still until somebody waits, and then is where the wait ends at once. */
export function fakeClock(startsAt: string): FakeClock {
  let milliseconds = Date.parse(startsAt);
  const waits: number[] = [];
  let deadline: { readonly strikesAt: number; readonly controller: AbortController } | undefined;
  return {
    waits,
    now: () => new Date(milliseconds),
    async wait(duration) {
      waits.push(duration / 1000);
      milliseconds += duration;
    },
    deadline(duration) {
      const controller = new AbortController();
      deadline = { strikesAt: milliseconds + duration, controller };
      return controller.signal;
    },
    elapse(duration) {
      milliseconds = Math.min(milliseconds + duration, deadline?.strikesAt ?? Infinity);
      if (milliseconds === deadline?.strikesAt) deadline.controller.abort();
    },
  };
}
