import type { App } from '../composition.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { isAcknowledged, type Outcome } from '../outcome.ts';

/** An event of a delivery, and what became of it. */
export interface Delivered {
  readonly event: unknown;
  readonly outcome: Outcome;
  /** It must come again, and will: out of the storage queue. */
  readonly isKept?: boolean;
}

/** Storage is fast and knows no quota that a batch could reach: the largest one is kept within about a second. */
const MESSAGES_AT_ONCE = 64;

/** For an event that nobody named a time for: the first pause of Event Grid's own schedule. */
const PAUSE_SECONDS = 10;

/** Of the 5 s between the end of handling and that of Event Grid's patience. */
const KEEPING_MILLISECONDS = 4_000;

/**
 * Puts the events that must come again into the storage queue, where `resumeDeferredWork` finds them. A storage that is
 * away or slow ends the attempt, because the answer is due at `answerBy`, or a little later: the request comes again then,
 * with all its events.
 */
export async function keepForLater(
  delivered: readonly Delivered[],
  answerBy: Date,
  { deferrals, clock }: Pick<App, 'deferrals' | 'clock'>,
): Promise<readonly Delivered[]> {
  const firstDeferredAt = clock.now();
  const end = answerBy.getTime() + KEEPING_MILLISECONDS;
  let isTaking = true;
  return inParallel(delivered, MESSAGES_AT_ONCE, async (one) => {
    const { event, outcome } = one;
    if (isAcknowledged(outcome) || !isTaking || clock.now().getTime() >= end) return one;
    const seconds = outcome.retryAfterSeconds ?? PAUSE_SECONDS;
    const { kind } = await deferrals.put(
      { kind: 'event', event, attempt: 1, firstDeferredAt: firstDeferredAt.toISOString() },
      new Date(firstDeferredAt.getTime() + seconds * 1000),
    );
    if (kind === 'kept') return { ...one, isKept: true };
    // One that is too large says nothing about the others.
    if (kind === 'unavailable') isTaking = false;
    return one;
  });
}
