/**
 * The schedules this host keeps by itself: every so many seconds, minutes or hours, in the six-field NCRONTAB form
 * (seconds first) with steps that divide the larger unit evenly, or as a time span. That covers what timer functions
 * usually say; for anything else the host lists the function as not scheduled instead of guessing.
 */

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** A step in one field, everything coarser being `*` and everything finer 0: unit and size of the next larger one. */
const FIELDS = [
  { finer: /^/, coarser: /^( \*){5}$/, unitSeconds: 1, largerSeconds: MINUTE_SECONDS },
  { finer: /^0 $/, coarser: /^( \*){4}$/, unitSeconds: MINUTE_SECONDS, largerSeconds: HOUR_SECONDS },
  { finer: /^0 0 $/, coarser: /^( \*){3}$/, unitSeconds: HOUR_SECONDS, largerSeconds: DAY_SECONDS },
] as const;

function crontabSeconds(fields: readonly string[]): number | undefined {
  for (const [index, { finer, coarser, unitSeconds, largerSeconds }] of FIELDS.entries()) {
    const before = fields
      .slice(0, index)
      .map((field) => `${field} `)
      .join('');
    const after = fields
      .slice(index + 1)
      .map((field) => ` ${field}`)
      .join('');
    const step = /^\*(?:\/([1-9]\d*))?$/.exec(fields[index] ?? '');
    if (!step || !finer.test(before) || !coarser.test(after)) continue;
    const seconds = Number(step[1] ?? 1) * unitSeconds;
    return largerSeconds % seconds === 0 ? seconds : undefined;
  }
  return undefined;
}

function timeSpanSeconds(text: string): number | undefined {
  const found = /^(\d{1,2}):([0-5]\d):([0-5]\d)$/.exec(text);
  if (!found) return undefined;
  const [, hours, minutes, seconds] = found.map(Number);
  const total = (hours ?? 0) * HOUR_SECONDS + (minutes ?? 0) * MINUTE_SECONDS + (seconds ?? 0);
  return total > 0 ? total : undefined;
}

/** Seconds between two runs, counted from the full minute, hour or day (UTC); undefined for any other schedule. */
export function intervalSeconds(schedule: string): number | undefined {
  const fields = schedule.trim().split(/\s+/);
  // Five fields are crontab without seconds, which the extension accepts too.
  if (fields.length === 5) return crontabSeconds(['0', ...fields]);
  if (fields.length === 6) return crontabSeconds(fields);
  return timeSpanSeconds(schedule.trim());
}
