import type { MustRetry } from '../outcome.ts';

/** Thrown to fail an invocation on purpose: the answer of a failed one makes Event Grid deliver the event again. */
export class MustRetryError extends Error {
  override readonly name = 'MustRetryError';
  readonly retryAfterSeconds: number | undefined;

  constructor({ cause, retryAfterSeconds }: MustRetry) {
    super(`The event must be delivered again: ${cause}`, { cause });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
