/** Waits out short refusals inside one delivery, so that a busy second does not cost a redelivery. */
import type { Clock } from './clock.ts';
import { isAcknowledged, type Outcome } from './outcome.ts';

/**
 * Event Grid waits 30 s for an answer and then delivers again. A wait may end 15 s after the start of handling
 * at the latest: the call that follows may take the router's whole time limit of 10 s, and something must be
 * left for the way back.
 */
export const waitingBudgetMilliseconds = 15_000;

/** A router that says "again after 0 s" is given this much nonetheless. */
const shortestWaitMilliseconds = 1_000;

/**
 * Attempts until the outcome is no longer `mustRetry`, or names no time to come back, or one that the budget
 * does not allow. Each attempt starts afresh, because what was right before a wait may be late after it.
 */
export async function retryWithin<Result extends { readonly outcome: Outcome }>(
  clock: Clock,
  startedAt: Date,
  attempt: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const result = await attempt();
    const pause = pauseAfter(result.outcome);
    const resumesAt = clock.now().getTime() + pause;
    if (resumesAt > startedAt.getTime() + waitingBudgetMilliseconds) return result;
    await clock.wait(pause);
  }
}

function pauseAfter(outcome: Outcome): number {
  if (isAcknowledged(outcome) || outcome.retryAfterSeconds === undefined) return Infinity;
  return Math.max(outcome.retryAfterSeconds * 1000, shortestWaitMilliseconds);
}
