/**
 * The requests that this process may send to the router: one budget for all of them, so that the app slows down
 * instead of being throttled. Whoever wants to ask takes a place in his lane; `laneShares.ts` says whose turn it is.
 */
import type { Clock } from '../clock.ts';
import type { Lane } from './lane.ts';
import { laneShares } from './laneShares.ts';
import { steadyTime } from './steadyTime.ts';

/** Documented: requests in ten seconds that a resource answers before it throttles. */
export const SERVICE_QUOTA = 1_000;

/** Where we guessed: how long to be silent after a 429 that names no time. */
const UNNAMED_PAUSE_SECONDS = 1;

/** Whether a request may be sent. */
export type Permission =
  | {
      readonly kind: 'granted';
      /** To be called once, when the answer is there or given up. */
      readonly over: () => void;
    }
  /** Its turn does not come in time. */
  | { readonly kind: 'refused'; readonly retryAfterSeconds: number };

/** How much of the quota is used, for whoever watches it. */
export interface BudgetUse {
  readonly requestsIn10Seconds: number;
  readonly quota: number;
  readonly waiting: number;
}

/** Keeps the quota. */
export interface RequestBudget {
  /**
   * Waits for the turn of a request. Where it cannot come before `end`, that is said as soon as it is certain, and
   * at `end` at the latest.
   */
  take(lane: Lane, end: Date): Promise<Permission>;
  /** The router has throttled us, as it may when others share its quota: nothing is sent until it is over. */
  pause(seconds?: number): void;
  use(): BudgetUse;
}

interface Waiting {
  /** In steady milliseconds. */
  readonly end: number;
  readonly settle: (permission: Permission) => void;
}

/** @param quota requests in any ten seconds. */
export function createRequestBudget(clock: Clock, quota: number = SERVICE_QUOTA): RequestBudget {
  const time = steadyTime(clock);
  const shares = laneShares(quota);
  const lines: Record<Lane, Waiting[]> = { accept: [], event: [], housekeeping: [] };
  const lanes = Object.keys(lines) as readonly Lane[];
  let wakesAt = Number.POSITIVE_INFINITY;

  function letIn(now: number): void {
    const isWaiting = (lane: Lane) => lines[lane].length > 0;
    for (let lane = shares.turn(now, isWaiting); lane; lane = shares.turn(now, isWaiting)) {
      shares.start(lane);
      lines[lane].shift()?.settle({ kind: 'granted', over: () => shares.end(lane, time()) });
    }
  }

  function turnAway(lane: Lane, now: number): void {
    const freeAt = shares.freeAt(lane, now);
    const isTooLate = ({ end }: Waiting) => end <= Math.max(now, freeAt);
    for (const { settle } of lines[lane].filter(isTooLate)) settle(refused(freeAt - now));
    lines[lane] = lines[lane].filter((waiting) => !isTooLate(waiting));
  }

  function look(): void {
    const now = time();
    for (const lane of lanes) turnAway(lane, now);
    letIn(now);
    const next = lanes
      .filter((lane) => lines[lane].length > 0)
      .map((lane) => lines[lane].reduce((first, { end }) => Math.min(first, end), shares.freeAt(lane, now)));
    wakeAt(Math.min(...next), now);
  }

  /**
   * An alarm that is set too late for a newcomer is not taken back; it finds nothing to do. One that is set for a turn
   * is never too late: what ends meanwhile frees its place no sooner.
   */
  function wakeAt(then: number, now: number): void {
    if (then >= wakesAt) return;
    wakesAt = then;
    void clock.wait(Math.max(1, Math.ceil(then - now))).then(() => {
      if (wakesAt === then) wakesAt = Number.POSITIVE_INFINITY;
      look();
    });
  }

  return {
    take(lane, end) {
      const { promise, resolve } = Promise.withResolvers<Permission>();
      const now = time();
      const waiting = { end: now + (end.getTime() - clock.now().getTime()), settle: resolve };
      lines[lane].push(waiting);
      letIn(now);
      if (waiting.end <= Math.max(now, shares.freeAt(lane, now))) turnAway(lane, now);
      if (lines[lane].length > 0) wakeAt(Math.min(waiting.end, shares.freeAt(lane, now)), now);
      return promise;
    },
    pause(seconds = UNNAMED_PAUSE_SECONDS) {
      shares.pauseUntil(time() + seconds * 1000);
      look();
    },
    use: () => ({
      requestsIn10Seconds: shares.countAt(time()),
      quota,
      waiting: lanes.reduce((count, lane) => count + lines[lane].length, 0),
    }),
  };
}

const refused = (milliseconds: number): Permission => ({
  kind: 'refused',
  retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)),
});
