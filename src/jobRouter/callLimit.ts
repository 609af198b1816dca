/**
 * How long one call may take. An event may need four of them, so whoever handles one also says when all of it
 * must be over.
 */
export const CALL_LIMIT_MILLISECONDS = 10_000;

/** What a call that begins at `now` may take, in milliseconds. Not positive: it must not begin. */
export function callLimit(now: Date, end: Date | undefined): number {
  if (end === undefined) return CALL_LIMIT_MILLISECONDS;
  return Math.min(CALL_LIMIT_MILLISECONDS, end.getTime() - now.getTime());
}
