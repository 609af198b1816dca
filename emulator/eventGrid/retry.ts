/** When a failed delivery is tried again, and when never. Figures documented unless marked. */
import { type Instant, millisecondsAfter } from '../clock/instant.ts';
import type { NoAnswerReason } from './send.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The pause after the first failure, the second and so on. */
const PAUSES = [
  10 * SECOND,
  30 * SECOND,
  1 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  1 * HOUR,
  3 * HOUR,
  6 * HOUR,
] as const;
const LATER_PAUSES = 12 * HOUR;

/** Where we guessed: pauses are said to be a little random; ours grow by up to this share. */
const JITTER_SHARE = 0.1;

export interface RetryPolicy {
  readonly maxDeliveryAttempts: number;
  readonly eventTimeToLiveInMinutes: number;
}

/** Which rules an endpoint falls under: a function's own Event Grid URL, or any other webhook. */
export type EndpointKind = 'azureResource' | 'webhook';

export const endpointKindOf = (url: string): EndpointKind =>
  new URL(url).pathname.toLowerCase().endsWith('/runtime/webhooks/eventgrid') ? 'azureResource' : 'webhook';

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unanswered'; readonly reason: NoAnswerReason; readonly message: string };

export type Verdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: Instant }
  | { readonly kind: 'deadLetter'; readonly reason: string };

/** Everything a verdict rests on. */
export interface Attempted {
  readonly outcome: AttemptOutcome;
  /** How many attempts there have been, this one included. */
  readonly attempts: number;
  readonly endpoint: EndpointKind;
  readonly policy: RetryPolicy;
  readonly now: Instant;
  /** At least 0, less than 1. */
  readonly random: number;
}

/** Documented: these statuses and no others. */
export const isDelivered = (outcome: AttemptOutcome): boolean =>
  outcome.kind === 'answered' && outcome.status >= 200 && outcome.status <= 204;

/** What follows from an attempt. The time to live is not looked at here, but when the next attempt is due. */
export function verdictOn({ outcome, attempts, endpoint, policy, now, random }: Attempted): Verdict {
  if (isDelivered(outcome)) return { kind: 'delivered' };
  if (outcome.kind === 'answered') {
    const reason = reasonNotToRetry(outcome.status, endpoint);
    if (reason) return { kind: 'deadLetter', reason };
  }
  if (attempts >= policy.maxDeliveryAttempts) {
    return { kind: 'deadLetter', reason: 'MaxDeliveryAttemptsExceeded' };
  }
  const pause = Math.max(PAUSES[attempts - 1] ?? LATER_PAUSES, minimumPause(outcome, endpoint));
  return { kind: 'retry', at: millisecondsAfter(now, Math.round(pause * (1 + JITTER_SHARE * random))) };
}

/** Where we guessed: the name of this reason; the ones for attempts and for a 400 were seen. */
export const TIME_TO_LIVE_EXCEEDED = 'TimeToLiveExceeded';

/** True once an event is too old to be tried again. */
export const hasOutlivedPolicy = (publishedAt: Instant, policy: RetryPolicy, now: Instant): boolean =>
  now - publishedAt >= policy.eventTimeToLiveInMinutes * MINUTE;

/** Answers that no repetition mends. A function's own 401 is a key that may still be loading, so it is retried. */
function reasonNotToRetry(status: number, endpoint: EndpointKind): string | undefined {
  switch (status) {
    case 400:
      return 'UndeliverableDueToHttpBadRequest';
    case 401:
      return endpoint === 'webhook' ? 'UndeliverableDueToHttpUnauthorized' : undefined;
    case 403:
      return 'UndeliverableDueToHttpForbidden';
    case 413:
      return 'UndeliverableDueToHttpRequestEntityTooLarge';
    default:
      return undefined;
  }
}

function minimumPause(outcome: AttemptOutcome, endpoint: EndpointKind): number {
  if (outcome.kind === 'unanswered') return 10 * SECOND;
  switch (outcome.status) {
    case 401:
    case 404:
      return endpoint === 'azureResource' ? 5 * MINUTE : 10 * SECOND;
    case 408:
      return 2 * MINUTE;
    case 503:
      return 30 * SECOND;
    default:
      return 10 * SECOND;
  }
}

/**
 * The word a dead letter has for its last attempt. BadRequest, NotFound, Unauthorized and TimedOut were seen.
 * Where we guessed: the rest.
 */
export function outcomeName(outcome: AttemptOutcome): string {
  if (outcome.kind === 'unanswered') return outcome.reason;
  switch (outcome.status) {
    case 400:
      return 'BadRequest';
    case 401:
      return 'Unauthorized';
    case 403:
      return 'Forbidden';
    case 404:
      return 'NotFound';
    case 408:
      return 'TimedOut';
    case 413:
      return 'RequestEntityTooLarge';
    case 429:
    case 503:
      return 'Busy';
    default:
      return 'GenericError';
  }
}
