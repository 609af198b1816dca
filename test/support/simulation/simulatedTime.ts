import type { Clock as EmulatorClock } from '../../../emulator/clock/clock.ts';
import { type Instant, instant, instantOf, millisecondsAfter } from '../../../emulator/clock/instant.ts';
import { createTimeline } from '../../../emulator/clock/timeline.ts';
import type { Clock as AppClock } from '../../../src/clock.ts';

/** One time for the router, Event Grid and the app, that passes only when it is told to. */
export interface SimulatedTime {
  readonly emulator: EmulatorClock;
  readonly app: AppClock;
  /** Everything that is due on the way happens, in order; whatever follows from it without time does, too. */
  pass(seconds: number): Promise<void>;
  /** Lets what needs no time happen. */
  settle(): Promise<void>;
  /** What is due now or later, and how much of it. */
  nextDue(): Instant | undefined;
}

/** Turns of the event loop after which promises that follow promises have been kept. */
const TURNS = 2;

export function simulatedTime(startsAt: string): SimulatedTime {
  const timeline = createTimeline();
  let now = instantOf(startsAt);
  const at: EmulatorClock['at'] = (when, run) => timeline.add(when > now ? when : now, run);

  async function settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async function until(end: Instant): Promise<void> {
    await settle();
    for (let due = timeline.takeDue(end); due; due = timeline.takeDue(end)) {
      if (due.when > now) now = due.when;
      // Not waited for: it may itself wait for time to pass.
      void due.run();
      await settle();
    }
    now = end;
  }

  return {
    emulator: { now: () => now, at },
    app: {
      now: () => new Date(now),
      wait: (milliseconds) =>
        new Promise((resolve) => void at(millisecondsAfter(now, milliseconds), () => resolve())),
      deadline(milliseconds) {
        const controller = new AbortController();
        at(millisecondsAfter(now, milliseconds), () => controller.abort());
        return controller.signal;
      },
    },
    pass: (seconds) => until(instant(now + seconds * 1000)),
    settle: () => until(now),
    nextDue: timeline.nextDue,
  };
}
