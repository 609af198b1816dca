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
      const arm = () => {
        const wait = Math.max(0, when - now());
        timer =
          wait > LONGEST_TIMEOUT_MILLISECONDS
            ? setTimeout(arm, LONGEST_TIMEOUT_MILLISECONDS)
            : setTimeout(run, wait);
        timer.unref();
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
