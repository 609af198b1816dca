/**
 * How long one attempt of a call may take; and all of it, repetitions and pauses included, where nobody says when it
 * must be over.
 */
export const CALL_LIMIT_MILLISECONDS = 10_000;

/** When a call that begins at `now` must be over. */
export const endOfCall = (now: Date, end: Date | undefined): Date =>
  end ?? new Date(now.getTime() + CALL_LIMIT_MILLISECONDS);

/** What one attempt that begins at `now` may take, in milliseconds. Not positive: it must not begin. */
export const attemptLimit = (now: Date, end: Date): number =>
  Math.min(CALL_LIMIT_MILLISECONDS, end.getTime() - now.getTime());
