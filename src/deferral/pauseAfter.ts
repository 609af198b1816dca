/** As Event Grid spaces its own redeliveries at first (documented); hourly from then on. */
const FIRST_PAUSES_SECONDS = [10, 30, 60, 300, 600, 1800] as const;
const LATER_PAUSE_SECONDS = 3600;

/**
 * 47 minutes and then 30 hours. Attempts are counted and not the time since the first one, so that an app that was
 * away meanwhile does not come back only to give up; a router that is away for a day is outlasted.
 */
const MOST_ATTEMPTS = FIRST_PAUSES_SECONDS.length + 30;

/**
 * How long to wait after the given attempt failed; nothing when it was the last.
 *
 * @param askedForSeconds what whoever refused asked for; heeded where it is longer.
 */
export function pauseAfter(attempt: number, askedForSeconds = 0): number | undefined {
  if (attempt > MOST_ATTEMPTS) return undefined;
  return Math.max(FIRST_PAUSES_SECONDS[attempt - 1] ?? LATER_PAUSE_SECONDS, askedForSeconds);
}
