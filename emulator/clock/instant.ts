/** A point in time: milliseconds since the Unix epoch, UTC. */
export type Instant = number & { readonly unit: 'epochMilliseconds' };

/** Marks a number that is known to be epoch milliseconds. */
export const instant = (epochMilliseconds: number): Instant => epochMilliseconds as Instant;

/** Marks the instant an ISO 8601 text names. Throws a RangeError when the text is no date. */
export function instantOf(text: string): Instant {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new RangeError(`"${text}" is not an ISO 8601 date`);
  return instant(milliseconds);
}

/** The last instant with a year of four digits, as timestamps have them. What would lie further ahead is put here. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The instant that lies `milliseconds` after `start`. */
export const millisecondsAfter = (start: Instant, milliseconds: number): Instant =>
  instant(Math.min(start + milliseconds, LATEST));

/** The instant that lies `seconds` after `start`. */
export const secondsAfter = (start: Instant, seconds: number): Instant =>
  millisecondsAfter(start, seconds * 1000);
