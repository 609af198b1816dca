import type { Clock } from './clock.ts';
import { instant } from './instant.ts';

/** setTimeout treats a longer wait as zero, so a long wait is taken in steps of this length. */
const LONGEST_TIMEOUT_MILLISECONDS = 2 ** 31 - 1;

/** The machine's own time. Pending runs do not keep the process alive. */
export function createSystemClock(): Clock {
  const now = () => instant(Date.now());
  return {
    now,
    at(when, run) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        const milliseconds = Math.min(Math.max(0, when - now()), LONGEST_TIMEOUT_MILLISECONDS);
        timer = setTimeout(wake, milliseconds).unref();
      };
      // A timer may fire a millisecond before the wall clock shows its time, and the wall clock can be set back.
      const wake = () => (now() < when ? wait() : run());
      wait();
      return () => clearTimeout(timer);
    },
  };
}
