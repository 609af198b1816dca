import type { Clock } from '../../src/clock.ts';

/** A clock that others can wait on, and that goes on only when it is told to. */
export interface DrivenClock extends Clock {
  /** Goes on by `milliseconds`, waking whoever is due on the way, in order, and letting him do what he will. */
  advance(milliseconds: number): Promise<void>;
}

export function drivenClock(startsAt: string): DrivenClock {
  let now = Date.parse(startsAt);
  const alarms: { readonly at: number; readonly ring: () => void }[] = [];
  const alarmIn = (milliseconds: number, ring: () => void) => alarms.push({ at: now + milliseconds, ring });
  return {
    now: () => new Date(now),
    wait: (milliseconds) => new Promise((resolve) => alarmIn(milliseconds, resolve)),
    deadline(milliseconds) {
      const controller = new AbortController();
      alarmIn(milliseconds, () => controller.abort());
      return controller.signal;
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      await doneForNow();
      for (let due = first(alarms, end); due; due = first(alarms, end)) {
        alarms.splice(alarms.indexOf(due), 1);
        now = Math.max(now, due.at);
        due.ring();
        await doneForNow();
      }
      now = end;
    },
  };
}

const first = (alarms: readonly { readonly at: number; readonly ring: () => void }[], end: number) =>
  alarms
    .filter(({ at }) => at <= end)
    .reduce<(typeof alarms)[number] | undefined>(
      (earliest, alarm) => (earliest === undefined || alarm.at < earliest.at ? alarm : earliest),
      undefined,
    );

/** Lets everything run that needs no time: promises that follow promises. */
const doneForNow = () => new Promise<void>((resolve) => setImmediate(resolve));
