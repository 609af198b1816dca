/**
 * How the requests of ten seconds are shared out among the lanes. Pure: times go in, the lane whose turn it is comes
 * out. An offer expires while everything else only comes later, so accepts go first and a part of the quota is kept
 * free for them; but they cannot stop the events, because completing is what frees the workers.
 */
import type { Lane } from './lane.ts';
import { slidingLimit } from './slidingLimit.ts';

/** The span that the service counts requests in (documented: 1,000 requests per 10 seconds). */
const SPAN_MILLISECONDS = 10_000;

/** Both sides round their milliseconds. */
const ROUNDING_MILLISECONDS = 10;

/** Of the quota, for everything but accepts: what is left is there for an offer at any time. */
const ORDINARY_SHARE = 0.9;
/** A thousand jobs in one request leave this much less than the ordinary share to the events of those jobs. */
const BULK_SHARE = 0.7;
const HOUSEKEEPING_SHARE = 0.05;

/** So many accepts go ahead of an event that waits, and then the event has its turn. */
const MOST_ACCEPTS_AHEAD = 4;

/** The quota of one process, as it is used. All times are milliseconds and never go back. */
export interface LaneShares {
  /** The lane, of those where somebody waits, in which a request may start now. */
  turn(now: number, isWaiting: (lane: Lane) => boolean): Lane | undefined;
  /** When a request of the lane may start, at the earliest. */
  freeAt(lane: Lane, now: number): number;
  /** Notes that a request starts. */
  start(lane: Lane): void;
  /** Notes that one of the lane is over. */
  end(lane: Lane, now: number): void;
  /** Lets no lane start anything before `time`. */
  pauseUntil(time: number): void;
  /** Requests that the router may be counting. */
  countAt(now: number): number;
}

/** @param quota requests in any ten seconds. */
export function laneShares(quota: number): LaneShares {
  const share = (part: number) =>
    slidingLimit(Math.max(1, Math.floor(quota * part)), SPAN_MILLISECONDS + ROUNDING_MILLISECONDS);
  const all = share(1);
  const ordinary = share(ORDINARY_SHARE);
  const limitsOf = {
    accept: [all],
    event: [all, ordinary],
    bulk: [all, ordinary, share(BULK_SHARE)],
    housekeeping: [all, ordinary, share(HOUSEKEEPING_SHARE)],
  } as const;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let acceptsAhead = 0;

  const freeAt = (lane: Lane, now: number) =>
    Math.max(pausedUntil, ...limitsOf[lane].map((limit) => limit.freeAt(now)));

  return {
    freeAt,
    turn(now, isWaiting) {
      const order: readonly Lane[] =
        acceptsAhead < MOST_ACCEPTS_AHEAD
          ? ['accept', 'event', 'bulk', 'housekeeping']
          : ['event', 'accept', 'bulk', 'housekeeping'];
      return order.find((lane) => isWaiting(lane) && freeAt(lane, now) <= now);
    },
    start(lane) {
      for (const limit of limitsOf[lane]) limit.start();
      if (lane === 'accept') acceptsAhead += 1;
      if (lane === 'event') acceptsAhead = 0;
    },
    end(lane, now) {
      for (const limit of limitsOf[lane]) limit.end(now);
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
    },
    countAt: all.count,
  };
}
