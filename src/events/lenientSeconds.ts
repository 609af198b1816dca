import * as z from 'zod';

const duration =
  /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const secondsPer = [86_400, 3600, 60, 1];

/** A span in seconds: a number, or an ISO 8601 duration of days and less. Anything else is as good as absent. */
export const lenientSeconds = z.unknown().transform((value) => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' ? secondsIn(value.trim()) : undefined;
});

function secondsIn(text: string): number | undefined {
  const parts = duration.exec(text)?.slice(1);
  if (parts === undefined || parts.every((part) => part === undefined)) return undefined;
  return parts.reduce((seconds, part, index) => seconds + Number(part ?? 0) * (secondsPer[index] ?? 0), 0);
}
