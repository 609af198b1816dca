import type { Clock } from './clock.ts';
import { type Instant, millisecondsAfter } from './instant.ts';
import { createTimeline } from './timeline.ts';

export type ClockMode = 'system' | 'manual';

/** A clock that runs by itself or stands still, as it is told; what is pending stays pending over the change. */
export interface SwitchableClock extends Clock {
  readonly mode: () => ClockMode;
  /** Time goes on from where it is: it never jumps, so after a manual advance it stays ahead of the machine. */
  switchTo(mode: ClockMode): void;
  /**
   * Moves a standing clock forward and stops at each due instant on the way, in order; waits for the promise of
   * each run. A RangeError when the clock is not manual or the time has passed.
   */
  advanceTo(when: Instant): Promise<void>;
  /** Puts a running clock forward: all that is due by then runs at once. A RangeError when it stands or the time has passed. */
  putForward(when: Instant): void;
  /** Sets a standing clock, back as well as forward, without running anything: for a state from another time. */
  setTo(when: Instant): void;
  nextDue(): Instant | undefined;
}

/** setTimeout treats a longer wait as zero, so a long wait is taken in steps of this length. */
const LONGEST_TIMEOUT_MILLISECONDS = 2 ** 31 - 1;

/** Starts where `machine` is, or at `startAt` if that is later, or if time stands still. Pending runs do not keep the process alive. */
export function createSwitchableClock(
  machine: Pick<Clock, 'now'>,
  mode: ClockMode = 'system',
  startAt: Instant = machine.now(),
): SwitchableClock {
  const timeline = createTimeline();
  let current: ClockMode = mode;
  /** In system mode: how far this clock is ahead of the machine. */
  let ahead = Math.max(0, startAt - machine.now());
  let stoodAt = startAt;
  let timer: NodeJS.Timeout | undefined;
  let armedFor: Instant | undefined;
  let advancing: Promise<void> = Promise.resolve();

  const now = (): Instant => (current === 'manual' ? stoodAt : millisecondsAfter(machine.now(), ahead));

  function disarm(): void {
    clearTimeout(timer);
    armedFor = undefined;
  }

  /** One timer for all runs: the one of the next due instant. */
  function arm(): void {
    const due = timeline.nextDue();
    if (current === 'manual' || due === undefined || (armedFor !== undefined && armedFor <= due)) return;
    disarm();
    armedFor = due;
    timer = setTimeout(wake, Math.min(Math.max(0, due - now()), LONGEST_TIMEOUT_MILLISECONDS)).unref();
  }

  function wake(): void {
    armedFor = undefined;
    const until = now();
    try {
      for (let next = timeline.takeDue(until); next; next = timeline.takeDue(until)) void next.run();
    } finally {
      arm();
    }
  }

  async function advance(target: Instant): Promise<void> {
    if (current !== 'manual') throw new RangeError('Only a manual clock can be advanced');
    if (target < stoodAt) throw new RangeError(`Time cannot go back from ${stoodAt} to ${target}`);
    await timeline.runThrough(target, (when) => {
      if (when > stoodAt) stoodAt = when;
    });
    stoodAt = target;
  }

  return {
    now,
    mode: () => current,
    at(when, run) {
      const cancel = timeline.add(when, run);
      arm();
      return cancel;
    },
    switchTo(wanted) {
      if (wanted === current) return;
      if (wanted === 'manual') stoodAt = now();
      else ahead = stoodAt - machine.now();
      current = wanted;
      if (wanted === 'manual') disarm();
      else arm();
    },
    advanceTo(when) {
      const turn = advancing.then(() => advance(when));
      advancing = turn.catch(() => {});
      return turn;
    },
    putForward(when) {
      if (current !== 'system') throw new RangeError('Only a running clock can be put forward');
      if (when < now()) throw new RangeError(`Time cannot go back from ${now()} to ${when}`);
      ahead = when - machine.now();
      disarm();
      arm();
    },
    setTo(when) {
      if (current !== 'manual') throw new RangeError('Only a manual clock can be set');
      stoodAt = when;
    },
    nextDue: timeline.nextDue,
  };
}
