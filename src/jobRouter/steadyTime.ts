import type { Clock } from '../clock.ts';

/**
 * Milliseconds that never go back. A machine whose time is set back must not wait until it has caught up with what
 * it noted before.
 */
export function steadyTime(clock: Pick<Clock, 'now'>): () => number {
  let latest = Number.NEGATIVE_INFINITY;
  let ahead = 0;
  return () => {
    const told = clock.now().getTime();
    if (told + ahead < latest) ahead = latest - told;
    latest = told + ahead;
    return latest;
  };
}
