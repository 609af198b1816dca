/**
 * The documented quota of a resource: 1,000 requests in 10 seconds, then refusals until they are over. Where we
 * guessed: the 10 seconds begin with the first request after the last ones were over, and refused requests do not count.
 */
import type { Clock } from '../../clock/clock.ts';
import { type Instant, instant, secondsAfter } from '../../clock/instant.ts';
import { throttled } from './refusal.ts';

const QUOTA_REQUESTS = 1000;
const QUOTA_SECONDS = 10;

/** Counts one request, or throws the refusal that tells when to come again. */
export type CheckQuota = () => void;

export function createQuota(clock: Pick<Clock, 'now'>): CheckQuota {
  let endsAt: Instant = instant(Number.NEGATIVE_INFINITY);
  let used = 0;
  return () => {
    const now = clock.now();
    const isOver = now >= endsAt || now < secondsAfter(endsAt, -QUOTA_SECONDS);
    if (isOver) {
      endsAt = secondsAfter(now, QUOTA_SECONDS);
      used = 0;
    }
    if (used >= QUOTA_REQUESTS) throw throttled(Math.ceil((endsAt - now) / 1000));
    used += 1;
  };
}
