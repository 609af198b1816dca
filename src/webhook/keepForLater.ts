import type { Clock } from '../clock.ts';
import type { Deferrals } from '../deferral/deferral.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { isAcknowledged } from '../outcome.ts';
import type { Delivered } from './answerDelivery.ts';

/** Storage is fast and knows no quota that a batch could reach: the largest one is kept within about a second. */
const MESSAGES_AT_ONCE = 64;

/** For an event that nobody named a time for: the first pause of Event Grid's own schedule. */
const PAUSE_SECONDS = 10;

/**
 * Puts the events that must come again into the storage queue. The first one it does not take ends the attempt,
 * because the answer is due: the request comes again then, with all its events.
 */
export async function keepForLater(
  delivered: readonly Delivered[],
  deferrals: Deferrals,
  clock: Clock,
): Promise<readonly Delivered[]> {
  const firstDeferredAt = clock.now();
  let isTaking = true;
  return inParallel(delivered, MESSAGES_AT_ONCE, async (one) => {
    const { event, outcome } = one;
    if (isAcknowledged(outcome) || !isTaking) return one;
    const seconds = outcome.retryAfterSeconds ?? PAUSE_SECONDS;
    const kept = await deferrals.put(
      { kind: 'event', event, attempt: 1, firstDeferredAt: firstDeferredAt.toISOString() },
      new Date(firstDeferredAt.getTime() + seconds * 1000),
    );
    if (kept.kind === 'kept') return { ...one, isKept: true };
    isTaking = false;
    return one;
  });
}
