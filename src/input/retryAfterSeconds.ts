/**
 * Where we guessed: nobody who can count means longer than this. It is heeded as this long, because whoever waits is the
 * whole app where the router throttles, or an event that nobody sees meanwhile.
 */
const LONGEST_SECONDS = 3_600;

/** As long as is waited where somebody asks for `seconds`. */
export const heededSeconds = (seconds: number): number => Math.min(Math.max(0, seconds), LONGEST_SECONDS);

/**
 * What a Retry-After header asks for, in seconds from `now`: it holds seconds or a date. Undefined when it is absent
 * or says something that is no time; an hour where it asks for more.
 */
export function retryAfterSeconds(header: string | null | undefined, now: Date): number | undefined {
  const text = header?.trim();
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return heededSeconds(Number(text));
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : heededSeconds((at - now.getTime()) / 1000);
}
