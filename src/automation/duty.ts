/**
 * What is remembered about an automated worker, and what follows from it. Pure.
 *
 * An offer that expires takes its worker off duty (documented), and so does the worker itself when it signs off. The
 * router tells of both by the same RouterWorkerDeregistered, of the first by RouterWorkerOfferExpired as well, and
 * events come in no order. So each event leaves its trace in the worker's own tags, and the same traces give the
 * same verdict in whatever order they were left.
 */
import * as z from 'zod';
import type { Labels } from '../jobRouter/wire.ts';
import type { AutomatedWorkers } from './rules.ts';

/** The tags. People may remove them; then the worker counts as one that was never away. */
export const dutyTags = {
  /** When it was brought back within the last hour, oldest first. */
  returns: 'automation.returns',
  /** When it went off duty because an offer expired, the last times, oldest first. */
  offersExpiredAt: 'automation.offersExpiredAt',
  /** When it signed off by itself. */
  signedOffAt: 'automation.signedOffAt',
} as const;

/** The traces in a worker's tags. */
export interface Duty {
  readonly returns: readonly Date[];
  readonly offersExpiredAt: readonly Date[];
  readonly signedOffAt?: Date | undefined;
}

const instants = z
  .string()
  .transform((text) => text.split(' ').map((part) => new Date(part)))
  .transform((dates) => dates.filter((date) => !Number.isNaN(date.getTime())))
  .catch([]);

/** The traces as far as they can be read: a tag that somebody has mangled is as good as absent. */
export function dutyFrom(tags: Labels = {}): Duty {
  const read = (tag: string): readonly Date[] => instants.parse(tags[tag]);
  return {
    returns: read(dutyTags.returns),
    offersExpiredAt: read(dutyTags.offersExpiredAt),
    signedOffAt: read(dutyTags.signedOffAt)[0],
  };
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** However often it doubles, a pause is no longer than this. */
const LONGEST_BACK_OFF = 600 * SECOND;

/**
 * Where we guessed: the two events of one expiry tell times that differ by no more than this. Ours are the same to the
 * millisecond; the service's were never recorded side by side.
 */
const SAME_MOMENT = 10 * SECOND;

/** How long after a return, or after the event, its explanation may still be on its way. */
const EXPLANATION_WITHIN = 120 * SECOND;

/** What to do about a worker whose offer expired. */
export type ReturnVerdict =
  | { readonly kind: 'bringBack'; readonly returns: readonly Date[] }
  | { readonly kind: 'isBack' }
  | { readonly kind: 'leave'; readonly reason: string };

/**
 * Whether the worker may come back at `now`, by the router's clock.
 *
 * @param since when its offer expired; absent where it was found off duty and nobody knows why.
 */
export function mayReturn(
  duty: Duty,
  isAvailable: boolean,
  since: Date | undefined,
  { backOffSeconds, perHour }: Pick<AutomatedWorkers, 'backOffSeconds' | 'perHour'>,
  now: Date,
): ReturnVerdict {
  if (isAvailable) return { kind: 'isBack' };
  if (hasSignedOff(duty, since)) return leave(`it signed off by itself at ${iso(duty.signedOffAt)}`);
  const returns = duty.returns.filter((at) => now.getTime() - at.getTime() < HOUR);
  const last = returns.at(-1);
  if (last === undefined) return { kind: 'bringBack', returns: [now] };
  if (returns.length >= perHour) {
    return leave(`it was brought back ${returns.length} times within the hour, which is the limit`);
  }
  const backOff = Math.min(LONGEST_BACK_OFF, backOffSeconds * SECOND * 2 ** (returns.length - 1));
  const nextReturn = new Date(last.getTime() + backOff);
  if (nextReturn > now) return leave(`it is brought back not before ${iso(nextReturn)}`);
  return { kind: 'bringBack', returns: [...returns, now] };
}

/**
 * A sign-off that was noted for the moment of the expiry was the expiry; one from before it is over, because a worker
 * that was offered something was on duty.
 */
function hasSignedOff({ signedOffAt }: Duty, since: Date | undefined): boolean {
  if (signedOffAt === undefined) return false;
  return since === undefined || signedOffAt.getTime() > since.getTime() + SAME_MOMENT;
}

/** Events of so many expiries may still be on their way; what a tag may hold is documented nowhere. */
const MOST_EXPIRIES = 20;

/** The expiries to keep in mind, with the one at `since`; undefined where it is among them already. */
export function withExpiry({ offersExpiredAt }: Duty, since: Date): readonly Date[] | undefined {
  if (offersExpiredAt.some((expiredAt) => expiredAt.getTime() === since.getTime())) return undefined;
  return [...offersExpiredAt, since]
    .sort((one, other) => one.getTime() - other.getTime())
    .slice(-MOST_EXPIRIES);
}

/** What to do about a worker that went off duty, and nobody has said yet why. */
export type SignOffVerdict =
  /** It did so by itself: to be kept in mind. */
  | { readonly kind: 'note' }
  /** It did so by itself and was brought back all the same, before the event came: to be undone. */
  | { readonly kind: 'undoReturn' }
  /** An expired offer may yet explain it. */
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'settled'; readonly reason: string };

/** Whether the worker signed off by itself at `since`, as far as is known at `now` by the router's clock. */
export function whySignedOff(duty: Duty, isAvailable: boolean, since: Date, now: Date): SignOffVerdict {
  const { offersExpiredAt, signedOffAt, returns } = duty;
  if (offersExpiredAt.some((expiredAt) => isSameMoment(expiredAt, since))) {
    return settled('an offer of it had expired');
  }
  if (signedOffAt !== undefined && signedOffAt >= since) return settled('its sign-off is noted');
  if (!isAvailable) return { kind: 'note' };
  const returnedAt = returns.at(-1);
  if (returnedAt === undefined || returnedAt < since) return settled('it has come back by itself');
  const wait = returnedAt.getTime() + EXPLANATION_WITHIN - now.getTime();
  return wait > 0 ? { kind: 'wait', seconds: Math.ceil(wait / SECOND) } : { kind: 'undoReturn' };
}

const isSameMoment = (one: Date, other: Date): boolean =>
  Math.abs(one.getTime() - other.getTime()) <= SAME_MOMENT;

const leave = (reason: string): ReturnVerdict => ({ kind: 'leave', reason });
const settled = (reason: string): SignOffVerdict => ({ kind: 'settled', reason });
const iso = (at: Date | undefined): string => at?.toISOString() ?? 'some time';
