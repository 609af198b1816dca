/** Hours of the week in a time zone. */
import * as z from 'zod';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time such as 08:30' });

/** `from` is within, `to` is not; a `to` before `from` is on the next day. */
export const businessHours = z.strictObject({
  /** As the IANA database names it, e.g. Europe/Berlin. */
  timeZone: z.string().refine(isTimeZone, { error: 'expected a time zone such as Europe/Berlin' }),
  days: z.array(z.enum(weekdays)).min(1).default([...weekdays]),
  from: timeOfDay,
  to: timeOfDay,
});
export type BusinessHours = z.infer<typeof businessHours>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
