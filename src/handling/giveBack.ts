/** What becomes of an assignment whose work was refused for good. */
import type { DoWork } from '../automation/decision.ts';
import type { AssignmentId } from '../jobRouter/ids.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Job, Labels } from '../jobRouter/wire.ts';
import { mustRetry, type Outcome, refusedForGood } from '../outcome.ts';

/** The app's traces on a job, as tags. */
export const workTags = {
  /** How often its work was refused and the job given back. */
  refusals: 'automation.workRefusals',
  /** The assignment whose work was refused and that is left to a person. */
  leftToPerson: 'automation.workLeftToPerson',
} as const;

/**
 * A job that is given back is offered and accepted again, and its work asked for again: an endless round if the
 * endpoint refuses the job itself. The service documents three unassignments of a job at most, so that is where it
 * ends and the assignment is left to a person.
 */
const MOST_UNASSIGNMENTS = 3;

/**
 * Does what the rule says. To leave the assignment is to park the event: a person finds it among the parked events,
 * and can have it handled again once the endpoint is mended. Until then nobody else asks for the work: neither a
 * second delivery nor the reconciler, which finds the assignment open.
 */
export async function giveBack(
  { rule, jobId, assignmentId, work }: DoWork,
  job: Job,
  message: string,
  router: JobRouter,
): Promise<Outcome> {
  const refused = `the work endpoint of rule "${rule}" refused assignment ${assignmentId} of ${jobId}: ${message}`;
  const refusals = refusalsOf(job);
  if (work.onFailure === 'leave') return leave(refused);
  if (refusals >= MOST_UNASSIGNMENTS) return leave(`${refused}, as ${refusals} times before`);

  // Counted first: were the job given back first and the app killed in between, nothing would have been counted.
  const counted = await leaveTrace({ [workTags.refusals]: refusals + 1 });
  if (counted !== undefined) return counted;

  const unassigned = await router.unassignJob(jobId, assignmentId);
  switch (unassigned.kind) {
    case 'ok':
      return { kind: 'done', note: `${refused}. The job was given back` };
    case 'unavailable':
      return mustRetry(unassigned);
    case 'refused':
      return unassigned.reason === 'notFound'
        ? { kind: 'lostRace', reason: `assignment ${assignmentId} is no longer on ${jobId}` }
        : refusedForGood(unassigned);
  }

  async function leave(reason: string): Promise<Outcome> {
    const traced = await leaveTrace({ [workTags.leftToPerson]: assignmentId });
    return traced ?? { kind: 'parked', reason: `${reason}. It is left to a person` };
  }

  /** What keeps the trace from being left, if anything. */
  async function leaveTrace(tags: Labels): Promise<Outcome | undefined> {
    const updated = await router.updateJob(jobId, { tags });
    if (updated.kind === 'ok') return undefined;
    return updated.kind === 'unavailable' ? mustRetry(updated) : refusedForGood(updated);
  }
}

/** Whether the work of this assignment was refused, and only a person may have it asked for again. */
export const isLeftToPeople = ({ tags }: Job, assignmentId: AssignmentId): boolean =>
  tags?.[workTags.leftToPerson] === assignmentId;

function refusalsOf({ tags }: Job): number {
  const count = tags?.[workTags.refusals];
  return typeof count === 'number' ? count : 0;
}
