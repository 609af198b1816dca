import type { Clock } from './clock.ts';
import { type Instant, millisecondsAfter } from './instant.ts';
import { createTimeline } from './timeline.ts';

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /**
   * Moves time forward by `milliseconds`, stopping at each due instant on the way, in order: every run sees its
   * own time, and a run that schedules another one inside the interval has it run as well. Waits for the
   * promise each run returns.
   */
  advance(milliseconds: number): Promise<void>;
  /** As `advance`, to a given instant. An instant in the past is a RangeError. */
  advanceTo(when: Instant): Promise<void>;
  /** Runs everything that is due now, without moving time. */
  settle(): Promise<void>;
  /** When the next run is due; undefined when none is pending. */
  nextDue(): Instant | undefined;
}

export function createManualClock(start: Instant): ManualClock {
  const timeline = createTimeline();
  let current = start;

  async function advanceTo(target: Instant): Promise<void> {
    if (target < current) throw new RangeError(`Time cannot go back from ${current} to ${target}`);
    await timeline.runThrough(target, (when) => {
      if (when > current) current = when;
    });
    current = target;
  }

  return {
    now: () => current,
    at: timeline.add,
    advance: (milliseconds) => advanceTo(millisecondsAfter(current, milliseconds)),
    advanceTo,
    settle: () => advanceTo(current),
    nextDue: timeline.nextDue,
  };
}
