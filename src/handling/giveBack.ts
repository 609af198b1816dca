/** What becomes of an assignment whose work was refused for good. */
import type { CompleteAssignment, DoWork } from '../automation/decision.ts';
import { workTags } from '../automation/workTags.ts';
import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { AssignmentId } from '../jobRouter/ids.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Job, Labels } from '../jobRouter/wire.ts';
import { againstJob, type Outcome, outcomeOf } from '../outcome.ts';

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
  const completion: CompleteAssignment = { kind: 'CompleteAssignment', rule, jobId, assignmentId };
  const refused = `the work endpoint of rule "${rule}" refused assignment ${assignmentId} of ${jobId}: ${message}`;
  const refusals = refusalsOf(job);
  if (work.onFailure === 'leave') return leave(refused);
  if (refusals >= MOST_UNASSIGNMENTS) return leave(`${refused}, as ${refusals} times before`);

  // Counted first: were the job given back first and the app killed in between, nothing would have been counted.
  const counted = await leaveTrace({ [workTags.refusals]: refusals + 1 });
  if (counted.kind !== 'ok') return explained(counted);

  const unassigned = await router.unassignJob(jobId, assignmentId);
  return unassigned.kind === 'ok'
    ? { kind: 'done', note: `${refused}. The job was given back` }
    : explained(unassigned);

  async function leave(reason: string): Promise<Outcome> {
    const traced = await leaveTrace({ [workTags.leftToPerson]: assignmentId });
    if (traced.kind !== 'ok') return explained(traced);
    return (
      againstJob(completion, traced.value) ?? { kind: 'parked', reason: `${reason}. It is left to a person` }
    );
  }

  function leaveTrace(tags: Labels): Promise<RouterAnswer<Job>> {
    return router.updateJob(jobId, { tags });
  }

  /** Another delivery of the event may have had the work done meanwhile: then there is nothing to give back. */
  function explained(answer: RouterAnswer<unknown>): Promise<Outcome> {
    return outcomeOf(completion, answer, () => router.getJob(jobId));
  }
}

/** Whether the work of this assignment was refused, and only a person may have it asked for again. */
export const isLeftToPeople = ({ tags }: Job, assignmentId: AssignmentId): boolean =>
  tags?.[workTags.leftToPerson] === assignmentId;

function refusalsOf({ tags }: Job): number {
  const count = tags?.[workTags.refusals];
  return typeof count === 'number' ? count : 0;
}
