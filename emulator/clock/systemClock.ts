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
      // A timeout is counted from the start of the event loop's turn, so it may fire a millisecond early. What is
      // due only at `when` would find nothing to do then, hence the second look.
      const fire = () => (now() < when ? arm() : void run());
      const arm = () => {
        timer = setTimeout(fire, Math.min(Math.max(0, when - now()), LONGEST_TIMEOUT_MILLISECONDS));
        timer.unref();
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
