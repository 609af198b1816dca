/** Waits out short refusals inside one delivery, so that a busy second does not cost a redelivery. */
import type { Clock } from '../clock.ts';
import { CALL_LIMIT_MILLISECONDS } from '../jobRouter/callLimit.ts';
import { isAcknowledged, type Outcome } from '../outcome.ts';

/** A router that says "again after 0 s" is given this much nonetheless. */
const SHORTEST_WAIT_MILLISECONDS = 1_000;

/**
 * Attempts until the outcome is no longer `mustRetry`, or names no time to come back, or one that leaves less
 * than one call's whole time before `answerBy`: an attempt that is bound to be cut off is better made by the next
 * delivery. Each attempt starts afresh, because what was right before a wait may be late after it.
 */
export async function retryWithin<Result extends { readonly outcome: Outcome }>(
  clock: Clock,
  answerBy: Date,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const lastResumption = answerBy.getTime() - CALL_LIMIT_MILLISECONDS;
  for (;;) {
    const result = await attempt();
    const pause = pauseAfter(result.outcome);
    const resumesAt = clock.now().getTime() + pause;
    if (resumesAt > lastResumption) return result;
    await clock.wait(pause);
  }
}

function pauseAfter(outcome: Outcome): number {
  if (isAcknowledged(outcome) || outcome.retryAfterSeconds === undefined) return Infinity;
  return Math.max(outcome.retryAfterSeconds * 1000, SHORTEST_WAIT_MILLISECONDS);
}
