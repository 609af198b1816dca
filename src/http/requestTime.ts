import type { JobRouter } from '../jobRouter/jobRouter.ts';

/** A caller over HTTP is cut off after 230 s (documented); all that is done for it is over by then. */
const LONGEST_MILLISECONDS = 200_000;

/** When a request that comes at `now` must be answered. */
export const endOfRequest = (now: Date): Date => new Date(now.getTime() + LONGEST_MILLISECONDS);

/** A caller is told sooner to come again than a router that asks for patience is waited for. */
const PATIENCE_MILLISECONDS = 30_000;

/** The router for a request that must be answered by `end`. */
export const withinRequest = (router: JobRouter, end: Date): JobRouter =>
  router.until(end, PATIENCE_MILLISECONDS);
