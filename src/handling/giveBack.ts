/** What becomes of an assignment whose work was refused for good. */
import type { DoWork } from '../automation/decision.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Job } from '../jobRouter/wire.ts';
import { mustRetry, type Outcome, refusedForGood } from '../outcome.ts';

/** The app's trace on a job, as a tag: how often its work was refused and the job given back. */
export const WORK_REFUSALS = 'automation.workRefusals';

/**
 * A job that is given back is offered and accepted again, and its work asked for again: an endless round if the
 * endpoint refuses the job itself. The service documents three unassignments of a job at most, so that is where it
 * ends and the assignment is left to a person.
 */
const MOST_UNASSIGNMENTS = 3;

/**
 * Does what the rule says. To leave the assignment is to park the event: a person finds it among the parked events,
 * and can have it handled again once the endpoint is mended.
 */
export async function giveBack(
  { rule, jobId, assignmentId, work }: DoWork,
  job: Job,
  message: string,
  router: JobRouter,
): Promise<Outcome> {
  const refused = `the work endpoint of rule "${rule}" refused assignment ${assignmentId} of ${jobId}: ${message}`;
  if (work.onFailure === 'leave') return { kind: 'parked', reason: `${refused}. It is left to a person` };

  const refusals = refusalsOf(job);
  if (refusals >= MOST_UNASSIGNMENTS) {
    return { kind: 'parked', reason: `${refused}, as ${refusals} times before. It is left to a person` };
  }
  // Counted first: were the job given back first and the app killed in between, nothing would have been counted.
  const counted = await router.updateJob(jobId, { tags: { [WORK_REFUSALS]: refusals + 1 } });
  if (counted.kind === 'unavailable') return mustRetry(counted);
  if (counted.kind === 'refused') return refusedForGood(counted);

  const unassigned = await router.unassignJob(jobId, assignmentId);
  switch (unassigned.kind) {
    case 'ok':
      return { kind: 'done' };
    case 'unavailable':
      return mustRetry(unassigned);
    case 'refused':
      return unassigned.reason === 'notFound'
        ? { kind: 'lostRace', reason: `assignment ${assignmentId} is no longer on ${jobId}` }
        : refusedForGood(unassigned);
  }
}

function refusalsOf({ tags }: Job): number {
  const count = tags?.[WORK_REFUSALS];
  return typeof count === 'number' ? count : 0;
}
