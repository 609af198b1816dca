/** Hours of the week in a time zone. */
import * as z from 'zod';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof weekdays)[number];

const timeOfDay = z
  .string()
  .regex(/^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'expected a time such as 08:30' });

/** `from` is within, `to` is not; a `to` that is not after `from` is on the day after. The days are those of `from`. */
export const businessHours = z.strictObject({
  /** As the IANA database names it, e.g. Europe/Berlin. */
  timeZone: z.string().refine(isTimeZone, { error: 'expected a time zone such as Europe/Berlin' }),
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...weekdays]),
  from: timeOfDay,
  to: timeOfDay,
});
export type BusinessHours = z.infer<typeof businessHours>;

/**
 * Whether `at` lies within, by the clock on the wall there. Where that clock is put forward an hour of the window may be
 * missing, and where it is put back an hour of it comes twice, as for the people who work there.
 */
export function isWithinHours({ timeZone, days, from, to }: BusinessHours, at: Date): boolean {
  const wall = wallClock(timeZone, at);
  const isOn = (day: Weekday) => days.includes(day);
  if (from < to) return isOn(wall.day) && wall.time >= from && wall.time < to;
  return (isOn(wall.day) && wall.time >= from) || (isOn(dayBefore(wall.day)) && wall.time < to);
}

function wallClock(timeZone: string, at: Date): { readonly day: Weekday; readonly time: string } {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = weekdays.find((name) => name === parts.get('weekday')?.toLowerCase());
  if (day === undefined) throw new Error(`Intl knows no weekday for ${at.toISOString()} in ${timeZone}`);
  return { day, time: `${parts.get('hour')}:${parts.get('minute')}` };
}

const dayBefore = (day: Weekday): Weekday => weekdays.at(weekdays.indexOf(day) - 1) ?? 'sun';

/** Building one takes longer than asking it a thousand times. Rules name few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

function isTimeZone(name: string): boolean {
  try {
    return formatFor(name).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
