/**
 * How long a connection that nobody uses stays open. Longer than clients keep theirs: one that is closed while a request
 * is on its way to it fails a call that cannot simply be made again.
 */
export const KEEP_ALIVE_MILLISECONDS = 72_000;
