/**
 * Endpoints that keep failing are left alone for a while: nothing is sent to them, neither new events nor retries.
 * How long depends on the last failure (documented).
 */
import { type Instant, secondsAfter } from '../clock/instant.ts';
import { type AttemptOutcome, isDelivered, outcomeName } from './retry.ts';

const MINUTE_SECONDS = 60;

/** By the word for the outcome. A failure that is not in the table, such as a 500, puts nobody on probation. */
const PROBATION_SECONDS: Readonly<Record<string, number>> = {
  Busy: 10,
  TimedOut: 10,
  SocketError: 30,
  NotFound: 5 * MINUTE_SECONDS,
  ResolutionError: 5 * MINUTE_SECONDS,
  Unauthorized: 5 * MINUTE_SECONDS,
  Forbidden: 5 * MINUTE_SECONDS,
};

/**
 * Where we guessed: how many failures in a row it takes. The documentation says that probation begins when deliveries
 * start failing, and gives ten failed events as its example.
 */
export const FAILURES_BEFORE_PROBATION = 10;

/** What a dead letter has for its last outcome when it was never sent (documented). */
export const PROBATION_OUTCOME = 'Probation';

export interface Probation {
  /** Until when the endpoint is to be left alone; undefined when it is not. */
  until(endpoint: string, now: Instant): Instant | undefined;
  note(endpoint: string, outcome: AttemptOutcome, now: Instant): void;
}

interface FailureRecord {
  readonly failuresInARow: number;
  readonly until: Instant;
}

export function createProbation(): Probation {
  const records = new Map<string, FailureRecord>();
  return {
    until(endpoint, now) {
      const until = records.get(endpoint)?.until;
      return until !== undefined && until > now ? until : undefined;
    },
    note(endpoint, outcome, now) {
      if (isDelivered(outcome)) {
        records.delete(endpoint);
        return;
      }
      const seconds = PROBATION_SECONDS[outcomeName(outcome)];
      if (seconds === undefined) return;
      const failuresInARow = (records.get(endpoint)?.failuresInARow ?? 0) + 1;
      const isSick = failuresInARow >= FAILURES_BEFORE_PROBATION;
      records.set(endpoint, { failuresInARow, until: isSick ? secondsAfter(now, seconds) : now });
    },
  };
}
