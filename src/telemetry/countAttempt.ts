import type { Attempt } from '../jobRouter/attempt.ts';
import { instruments } from './instruments.ts';

/** Counts one request to the router. */
export function countAttempt({ lane, repetition, answer, status }: Attempt): void {
  const { requests, retries } = instruments();
  requests.add(1, { lane, answer, ...(status !== undefined && { status }) });
  if (repetition > 0) retries.add(1, { of: 'request', lane });
}
