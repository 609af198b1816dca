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

/**
 * Requests under way at the same time. More would wait for each other in the process and on the wire, where no lane goes
 * before another; and an instance on Azure is sure of 128 outgoing connections only (documented for App Service).
 */
const MOST_AT_ONCE = 100;

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
  const lines: Record<Lane, Waiting[]> = { accept: [], event: [], bulk: [], housekeeping: [] };
  const lanes = Object.keys(lines) as readonly Lane[];
  const waitingLanes = () => lanes.filter((lane) => lines[lane].length > 0);
  let underWay = 0;
  let wakesAt = Number.POSITIVE_INFINITY;

  function letIn(now: number): void {
    const isWaiting = (lane: Lane) => lines[lane].length > 0;
    while (underWay < MOST_AT_ONCE) {
      const lane = shares.turn(now, isWaiting);
      if (lane === undefined) return;
      shares.start(lane);
      underWay += 1;
      lines[lane].shift()?.settle({ kind: 'granted', over: () => end(lane) });
    }
  }

  function end(lane: Lane): void {
    const now = time();
    shares.end(lane, now);
    underWay -= 1;
    letIn(now);
    for (const waiting of waitingLanes()) wakeAt(nextTurn(waiting, now), now);
  }

  /** While too many are under way, it is an answer that makes the next turn, and no alarm. */
  const nextTurn = (lane: Lane, now: number): number =>
    underWay < MOST_AT_ONCE ? shares.freeAt(lane, now) : Number.POSITIVE_INFINITY;

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
    const next = waitingLanes().map((lane) =>
      lines[lane].reduce((first, waiting) => Math.min(first, waiting.end), nextTurn(lane, now)),
    );
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
      if (lines[lane].length > 0) wakeAt(Math.min(waiting.end, nextTurn(lane, now)), now);
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
