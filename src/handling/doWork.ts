/**
 * Asks for the work of an assignment and completes the assignment when it is done. The assignment is looked at first:
 * an event that comes again must not ask for work that is done, or that went to somebody else.
 */
import type { CompleteAssignment, DoWork } from '../automation/decision.ts';
import type { Job } from '../jobRouter/wire.ts';
import { againstJob, mustRetry, type Outcome, refusedForGood } from '../outcome.ts';
import { askRouter } from './askRouter.ts';
import { giveBack, isLeftToPeople } from './giveBack.ts';
import type { Means } from './perform.ts';

/** Work that takes longer is not waited for while Event Grid waits: it answers nobody after 30 s. */
const LONGEST_INLINE_SECONDS = 20;

/** What is left for completing the assignment once the work is done. */
const COMPLETION_SECONDS = 3;

/** Has the work done now, or from the queue where it takes longer than the event can wait. */
export async function doWork(action: DoWork, means: Means): Promise<Outcome> {
  return fitsIn(action, means) ? workNow(action, means) : workLater(action, means);
}

function fitsIn({ work }: DoWork, { clock, answerBy }: Means): boolean {
  if (work.timeoutSeconds > LONGEST_INLINE_SECONDS) return false;
  const secondsLeft = (answerBy.getTime() - clock.now().getTime()) / 1000;
  return work.timeoutSeconds + COMPLETION_SECONDS <= secondsLeft;
}

async function workLater(action: DoWork, { deferrals, clock, insists }: Means): Promise<Outcome> {
  const { rule, jobId, assignmentId, workerId } = action;
  const now = clock.now();
  const about = { rule, jobId, assignmentId, workerId, ...(insists && { insists }) };
  const deferred = await deferrals.put(
    { kind: 'work', ...about, attempt: 1, firstDeferredAt: now.toISOString() },
    now,
  );
  return deferred.kind === 'kept'
    ? { kind: 'done' }
    : { kind: 'mustRetry', cause: `the work could not be handed over: ${deferred.message}` };
}

/** Asks for the work, whoever waits: to be over at `answerBy`, the time for completing included. */
export async function workNow(
  action: DoWork,
  means: Pick<Means, 'router' | 'work' | 'clock' | 'answerBy' | 'insists'>,
): Promise<Outcome> {
  const { rule, jobId, assignmentId } = action;
  const completion: CompleteAssignment = { kind: 'CompleteAssignment', rule, jobId, assignmentId };
  const read = await means.router.getJob(jobId);
  if (read.kind === 'unavailable') return mustRetry(read);
  if (read.kind === 'refused') {
    return read.reason === 'notFound'
      ? { kind: 'alreadyDone', reason: `${jobId} is gone` }
      : refusedForGood(read);
  }
  const over = againstJob(completion, read.value);
  if (over !== undefined) return over;
  if (isLeftToPeople(read.value, assignmentId) && !means.insists) {
    // Parked and not ignored: the delivery that met the refusal may have ended before it was parked.
    const reason = `the work of assignment ${assignmentId} of ${jobId} was refused, and it is left to a person`;
    return { kind: 'parked', reason };
  }

  const answer = await call(action, read.value, means);
  switch (answer.kind) {
    case 'done':
      return askRouter(completion, means.router);
    case 'unavailable': {
      const { message, retryAfterSeconds } = answer;
      return {
        kind: 'mustRetry',
        cause: `the work endpoint of rule "${rule}" did not do the work: ${message}`,
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      };
    }
    case 'refused':
      return giveBack(action, read.value, answer.message, means.router);
  }
}

function call(
  { rule, jobId, assignmentId, workerId, work }: DoWork,
  { queueId, channelId }: Job,
  { work: caller, clock, answerBy }: Pick<Means, 'work' | 'clock' | 'answerBy'>,
) {
  const timeout = clock.now().getTime() + work.timeoutSeconds * 1000;
  const latest = answerBy.getTime() - COMPLETION_SECONDS * 1000;
  return caller.call(
    { url: work.url, rule, assignmentId, jobId, workerId, queueId, channelId },
    new Date(Math.min(timeout, latest)),
  );
}
