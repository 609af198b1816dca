/** A caller over HTTP is cut off after 230 s (documented); all that is done for it is over by then. */
const LONGEST_MILLISECONDS = 200_000;

/** When a request that comes at `now` must be answered. */
export const endOfRequest = (now: Date): Date => new Date(now.getTime() + LONGEST_MILLISECONDS);
