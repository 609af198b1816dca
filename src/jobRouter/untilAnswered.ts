/**
 * The one place where calls are repeated. What is still not answered then is left to whoever asked: an event comes
 * again, a person tries again.
 */
import type { Chance } from '../chance.ts';
import type { Clock } from '../clock.ts';
import type { RouterAnswer, Unavailable } from './answer.ts';

/** Which answers let a call be made again. */
export type Repeats =
  /** Any that says "not now": whether the router has done it or not, doing it again changes nothing. */
  | 'always'
  /** Only one by which the router has certainly done nothing. */
  | 'whenUndone'
  /** None: whoever asks wants to know how it is now. */
  | 'never';

const MOST_ATTEMPTS = 6;
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5_000;
/** Those who were told the same time to come back do not all come at that moment. */
const SPREAD_MILLISECONDS = 500;
/** An attempt with less time would only be cut off, perhaps after its effect. */
const SHORTEST_ATTEMPT_MILLISECONDS = 1_000;

/** How long a call may go on. */
export interface CallTime {
  readonly end: Date;
  /** How long all pauses may be together, in milliseconds. */
  readonly patience?: number | undefined;
}

/**
 * Attempts, with pauses that grow by chance up to a bound (full jitter), until there is an answer, `end` is near, or the
 * router asks for more patience than there is.
 */
export async function untilAnswered<Value>(
  attempt: (repetition: number) => Promise<RouterAnswer<Value>>,
  { end, patience = Infinity }: CallTime,
  { clock, chance }: { readonly clock: Clock; readonly chance: Chance },
  repeats: Repeats = 'always',
): Promise<RouterAnswer<Value>> {
  let paused = 0;
  for (let repetition = 0; ; repetition += 1) {
    const answer = await attempt(repetition);
    if (answer.kind !== 'unavailable' || !mayRepeat(answer, repeats)) return answer;
    const pause = pauseAfter(answer, repetition, chance);
    paused += pause;
    const resumesAt = clock.now().getTime() + pause;
    const isLast = repetition + 1 === MOST_ATTEMPTS || paused > patience;
    if (isLast || resumesAt + SHORTEST_ATTEMPT_MILLISECONDS > end.getTime()) return answer;
    await clock.wait(pause);
  }
}

/** 401 and 403 are mended by people, and not within seconds; an answer that cannot be read would be the same again. */
function mayRepeat({ status }: Unavailable, repeats: Repeats): boolean {
  if (repeats === 'never') return false;
  if (status === 409 || status === 429) return true;
  return repeats === 'always' && (status === undefined || status === 408 || status >= 500);
}

function pauseAfter({ retryAfterSeconds }: Unavailable, repetition: number, chance: Chance): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + chance.next() * SPREAD_MILLISECONDS;
  return chance.next() * Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** repetition);
}
