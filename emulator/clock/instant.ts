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

/** The instant that lies `seconds` after `start`. */
export const secondsAfter = (start: Instant, seconds: number): Instant => instant(start + seconds * 1000);

/** The instant that lies `milliseconds` after `start`. */
export const millisecondsAfter = (start: Instant, milliseconds: number): Instant =>
  instant(start + milliseconds);
