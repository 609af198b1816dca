/**
 * What became of an event, and whether it may be acknowledged. This file is the reliability argument of the
 * app: every answer the router can give to every call we make has its row in the table of
 * docs/architecture.md, which a test holds against `outcomeOf`.
 */
import type { AcceptOffer, CloseAssignment, CompleteAssignment, DeleteJob } from './automation/decision.ts';
import type { Refused, RouterAnswer, Unavailable } from './jobRouter/answer.ts';
import type { Job } from './jobRouter/wire.ts';

/** What became of an event. */
export type Outcome =
  | Done
  | { readonly kind: 'lostRace'; readonly reason: string }
  | { readonly kind: 'alreadyDone'; readonly reason: string }
  | Ignored
  | Parked
  | MustRetry;

/** What the rule asked for is so now. */
export interface Done {
  readonly kind: 'done';
  /** What a person should know about how it came about, as a sentence. */
  readonly note?: string;
}

/** Every end but the one that was aimed at. */
export type NotDone = Exclude<Outcome, { kind: 'done' }>;

/** There was nothing to do about it. */
export interface Ignored {
  readonly kind: 'ignored';
  readonly reason: string;
}

/** Kept whole where people can find it, because no repetition will mend it. */
export interface Parked {
  readonly kind: 'parked';
  readonly reason: string;
}

/** To be delivered again. */
export interface MustRetry {
  readonly kind: 'mustRetry';
  readonly cause: string;
  /** What the router asked for, or what is known to suffice; absent when neither. */
  readonly retryAfterSeconds?: number;
}

/** Whether Event Grid may forget the event. Only `mustRetry` makes it come again. */
export const isAcknowledged = (outcome: Outcome): outcome is Exclude<Outcome, MustRetry> =>
  outcome.kind !== 'mustRetry';

/** What there is to know about how it ended, as a sentence. A plain `done` has none. */
export function reasonOf(outcome: NotDone): string;
export function reasonOf(outcome: Outcome): string | undefined;
export function reasonOf(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'done':
      return outcome.note;
    case 'mustRetry':
      return outcome.cause;
    default:
      return outcome.reason;
  }
}

/** Where we guessed: how soon a conflict that nothing explains is worth another look. */
const CONFLICT_SECONDS = 2;

/** An action that is one call to the router. */
export type RouterAction = AcceptOffer | Ending;

type Ending = CompleteAssignment | CloseAssignment | DeleteJob;

/**
 * The outcome of an action that is one call to the router.
 *
 * @param job asks for the job as it is now. Called only where a refusal does not say enough by itself.
 */
export async function outcomeOf(
  action: RouterAction,
  answer: RouterAnswer<unknown>,
  job: () => Promise<RouterAnswer<Job>>,
): Promise<Outcome> {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'done' };
    case 'unavailable':
      return mustRetry(answer);
    case 'refused':
      if (action.kind === 'AcceptOffer') return acceptRefused(answer);
      return isDeletedAlready(action, answer) ? gone(action) : endingRefused(action, answer, await job());
  }
}

/** The outcome of not being able to ask the router now. */
export function mustRetry({ status, message, retryAfterSeconds }: Unavailable): MustRetry {
  const cause =
    status === undefined ? `router unreachable: ${message}` : `router answered ${status}: ${message}`;
  return { kind: 'mustRetry', cause, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

/** Refused for good: the event goes where people find it. */
export const refusedForGood = (refused: Refused): Parked => ({ kind: 'parked', reason: said(refused) });

function acceptRefused(refused: Refused): Outcome {
  const isGone = refused.reason === 'notFound' || refused.reason === 'conflict';
  return isGone ? { kind: 'lostRace', reason: said(refused) } : refusedForGood(refused);
}

function endingRefused(action: Ending, refused: Refused, job: RouterAnswer<Job>): Outcome {
  switch (job.kind) {
    case 'unavailable':
      return mustRetry(job);
    case 'refused':
      return job.reason === 'notFound' ? gone(action) : refusedForGood(job);
    case 'ok':
      return againstJob(action, job.value) ?? unexplained(refused);
  }
}

/** What the job itself says about an action that was refused, or is not needed any more; nothing when it says neither. */
export const againstJob = (action: Ending, job: Job): Outcome | undefined =>
  action.kind === 'DeleteJob' ? againstDeleting(job) : againstEnding(action, job);

/** Only an ended job is deleted. */
function againstDeleting(job: Job): Outcome | undefined {
  if (hasEnded(job)) return undefined;
  const reason = `${job.id} is ${job.status ?? 'open'} again: its id was given to a new job`;
  return { kind: 'lostRace', reason };
}

function againstEnding({ kind, assignmentId }: Exclude<Ending, DeleteJob>, job: Job): Outcome | undefined {
  if (hasEnded(job)) return { kind: 'alreadyDone', reason: `${job.id} is ${job.status}` };
  const assignment = job.assignments?.[assignmentId];
  if (assignment === undefined) {
    return { kind: 'lostRace', reason: `assignment ${assignmentId} is no longer on ${job.id}` };
  }
  const { completedAt, closedAt } = assignment;
  const [reached, reachedAt] =
    kind === 'CompleteAssignment' ? ['completed', completedAt ?? closedAt] : ['closed', closedAt];
  if (reachedAt === undefined) return undefined;
  return { kind: 'alreadyDone', reason: `assignment ${assignmentId} was ${reached} at ${reachedAt}` };
}

/** A conflict that the job does not explain is taken for the service's own write, seen from its other side. */
const unexplained = (refused: Refused): Outcome =>
  refused.reason === 'conflict'
    ? { kind: 'mustRetry', cause: said(refused), retryAfterSeconds: CONFLICT_SECONDS }
    : refusedForGood(refused);

/** Deleting has one wish, so what is not there needs no second look. */
const isDeletedAlready = (action: Ending, refused: Refused): boolean =>
  action.kind === 'DeleteJob' && refused.reason === 'notFound';

const gone = ({ jobId }: Ending): Outcome => ({ kind: 'alreadyDone', reason: `${jobId} is gone` });

const hasEnded = ({ status }: Job): boolean => status === 'closed' || status === 'cancelled';

const said = ({ status, code, message }: Refused): string =>
  [`router answered ${status}`, [code, message].filter(Boolean).join(': ')].filter(Boolean).join(' ');
