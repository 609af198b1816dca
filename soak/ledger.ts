/**
 * The books of a soak: what the router said of each job, counted once per event however often it was delivered, and
 * what that comes to. Pure.
 */
import type { Arrival } from '../emulator/demo/arrivals.ts';
import { shortType } from '../emulator/demo/quickstartLines.ts';

/** The moves that must be made once per job. */
const EFFECTS = [
  'RouterJobReceived',
  'RouterWorkerOfferAccepted',
  'RouterJobCompleted',
  'RouterJobClosed',
] as const;

/** What the soak came to. Empty lists are what it is for. */
export interface Ledger {
  readonly jobs: number;
  readonly closed: number;
  /** Different events; each may have been delivered several times. */
  readonly events: number;
  readonly deliveredAgain: number;
  /** Jobs that never closed. */
  readonly lost: readonly string[];
  /** Jobs with a move made twice, with the move. */
  readonly doubled: readonly string[];
  /** Offers that expired: slow, and no fault. */
  readonly expiredOffers: number;
}

export interface Books {
  /** Returns the short type of an event that was not heard of before. */
  note(arrival: Arrival): string | undefined;
  closed(): number;
  deleted(): number;
  balance(jobs: readonly string[]): Ledger;
}

export function openBooks(): Books {
  const known = new Set<string>();
  const moves = new Map<string, Map<string, number>>();
  let again = 0;
  const firsts = { RouterJobClosed: 0, RouterJobDeleted: 0 };
  let expiredOffers = 0;

  const countOf = (job: string, move: string): number => moves.get(job)?.get(move) ?? 0;

  return {
    note(arrival) {
      if (known.has(arrival.id)) {
        again += 1;
        return undefined;
      }
      known.add(arrival.id);
      const type = shortType(arrival);
      if (type === 'RouterWorkerOfferExpired') expiredOffers += 1;
      const { jobId } = arrival.data;
      if (jobId === undefined) return type;
      const made = moves.get(jobId) ?? new Map<string, number>();
      moves.set(jobId, made);
      made.set(type, (made.get(type) ?? 0) + 1);
      if ((type === 'RouterJobClosed' || type === 'RouterJobDeleted') && made.get(type) === 1)
        firsts[type] += 1;
      return type;
    },
    closed: () => firsts.RouterJobClosed,
    deleted: () => firsts.RouterJobDeleted,
    balance: (jobs) => ({
      jobs: jobs.length,
      closed: firsts.RouterJobClosed,
      events: known.size,
      deliveredAgain: again,
      lost: jobs.filter((job) => countOf(job, 'RouterJobClosed') === 0),
      doubled: jobs.flatMap((job) =>
        EFFECTS.filter((move) => countOf(job, move) > 1).map(
          (move) => `${job}: ${countOf(job, move)} × ${move}`,
        ),
      ),
      expiredOffers,
    }),
  };
}
