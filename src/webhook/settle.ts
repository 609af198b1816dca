/**
 * Sees to it that no event of a delivery is lost once the delivery is acknowledged: what no repetition will mend is
 * parked, and what must come again is kept in the storage queue, where `resumeDeferredWork` finds it.
 */
import type { App } from '../composition.ts';
import { WEBHOOK } from '../handling/reactions.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import type { MustRetry, Outcome } from '../outcome.ts';
import { parkedEvent } from '../parking/parkedEvent.ts';

/** An event of a delivery, and what became of it. */
export interface Handled {
  readonly event: unknown;
  readonly outcome: Outcome;
}

/** The same, and whether Event Grid may forget it. */
export interface Settled extends Handled {
  /** Undefined: settled. */
  readonly left?: MustRetry;
  /** It comes again out of the storage queue. */
  readonly isDeferred?: boolean;
  /** A message that the host's queue output has to take. */
  readonly forHost?: string;
}

/** Storage is fast and knows no quota that a batch could reach: the largest one is kept within about a second. */
const MESSAGES_AT_ONCE = 64;

/** For an event that nobody named a time for: the first pause of Event Grid's own schedule. */
const PAUSE_SECONDS = 10;

/** What settling needs. */
export type SettleParts = Pick<App, 'deferrals' | 'park' | 'clock'>;

/**
 * Keeps what has to be kept. A single event that must come again is left to Event Grid, which has its own schedule and
 * dead letters for it. The first message that the queue does not take ends the attempt, because the answer is due: the
 * request comes again then, with all its events.
 */
export async function settle(handled: readonly Handled[], app: SettleParts): Promise<readonly Settled[]> {
  const isBatch = handled.length > 1;
  let isTaking = isBatch;
  return inParallel(handled, MESSAGES_AT_ONCE, async (one): Promise<Settled> => {
    switch (one.outcome.kind) {
      case 'parked':
        return park(one, one.outcome.reason, app);
      case 'mustRetry': {
        const settled = isTaking ? await defer(one, one.outcome, app) : { ...one, left: one.outcome };
        if (settled.left) isTaking = false;
        return settled;
      }
      default:
        return one;
    }
  });
}

async function park(one: Handled, reason: string, app: SettleParts): Promise<Settled> {
  const parking = await app.park(parkedEvent(reason, app.clock.now(), WEBHOOK, one.event));
  switch (parking.kind) {
    case 'kept':
      return one;
    case 'leftToHost':
      return { ...one, forHost: parking.text };
    case 'unavailable':
      return { ...one, left: { kind: 'mustRetry', cause: `could not be parked: ${parking.message}` } };
  }
}

async function defer(one: Handled, outcome: MustRetry, { deferrals, clock }: SettleParts): Promise<Settled> {
  const now = clock.now();
  const kept = await deferrals.put(
    { kind: 'event', event: one.event, attempt: 1, firstDeferredAt: now.toISOString() },
    new Date(now.getTime() + (outcome.retryAfterSeconds ?? PAUSE_SECONDS) * 1000),
  );
  return kept.kind === 'kept' ? { ...one, isDeferred: true } : { ...one, left: outcome };
}
