import * as z from 'zod';

const hasZone = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i;

/**
 * A time as events carry it: ISO 8601 with up to seven fraction digits (recorded), or a US date with AM or PM
 * (one documented example). What cannot be read as a time is as good as absent: no reaction depends on it so
 * much that the event had to be given up.
 */
export const lenientDate = z
  .unknown()
  .transform((value) => (typeof value === 'string' ? instantFrom(value.trim()) : undefined));

/** Where we guessed: a time without a zone is UTC, whatever zone this machine is in. */
function instantFrom(text: string): Date | undefined {
  const spellings = hasZone.test(text) ? [text] : [`${text}Z`, `${text} UTC`];
  return spellings.map((spelling) => new Date(spelling)).find((instant) => !Number.isNaN(instant.getTime()));
}
