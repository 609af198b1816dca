import type { ConfigProblem } from './configProblem.ts';

/** Twice a minute: what is lost waits no longer than a person would. */
const DEFAULT_SCHEDULE = '*/30 * * * * *';

/** Six fields, seconds first, or five without them. What each field may hold is for the host to judge. */
const ncrontab = /^(\S+\s+){4,5}\S+$/;

/**
 * When `reconcileJobs` wakes, as the timer trigger takes it. Read where the function is registered, which is before the
 * settings are checked: a schedule that cannot be one is told by `scheduleProblem`, and not kept.
 */
export function scheduleIn({ RECONCILE_SCHEDULE }: Readonly<Record<string, string | undefined>>): string {
  const schedule = RECONCILE_SCHEDULE?.trim() ?? '';
  return ncrontab.test(schedule) ? schedule : DEFAULT_SCHEDULE;
}

/** What is wrong with the setting, if anything is. */
export const scheduleProblem = (setting: string | undefined): ConfigProblem | undefined =>
  setting === undefined || ncrontab.test(setting)
    ? undefined
    : {
        setting: 'RECONCILE_SCHEDULE',
        problem: 'is not an NCRONTAB expression',
        fix: `write six fields, seconds first, as ${DEFAULT_SCHEDULE}`,
      };
