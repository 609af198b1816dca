/**
 * A job's moves, in the order of the table in README.md. A move takes the job in the states it is allowed in, so that
 * an illegal move does not compile; `isIn` is the question to ask before.
 */
import type { Instant } from '../../clock/instant.ts';
import type { ClassificationError } from './facts.ts';
import type { JobId, OfferId, WorkerId } from './ids.ts';
import {
  type AssignedJob,
  type Assignment,
  type ClassifyingJob,
  type ClosedJob,
  type Closing,
  type CompletedJob,
  type Decline,
  type Inquiry,
  type Job,
  type JobContent,
  type JobIn,
  type JobState,
  type OpenJob,
  type QueuedJob,
  type SuspendedJob,
  shownAssignments,
  type UnassignedJob,
} from './job.ts';
import { firstRevision, nextRevision } from './mergePatch.ts';
import type { Offer } from './offer.ts';

const nobody: ReadonlyMap<WorkerId, Decline> = new Map();

export const createJob = (id: JobId, creationNumber: number, content: JobContent, at: Instant): Job => ({
  id,
  creationNumber,
  createdAt: at,
  content,
  state: firstState(content),
  declines: nobody,
  classifications: 0,
  scheduledAt: undefined,
  unassignmentCount: 0,
  revision: firstRevision(at),
});

/** Recorded. Where we guessed: classification comes first for a suspended job as it does for a scheduled one. */
function firstState({ classificationPolicyId, matchingMode }: JobContent): JobState {
  const enqueuedAt = undefined;
  if (classificationPolicyId !== undefined) {
    return { status: 'pendingClassification', enqueuedAt, inquiry: undefined };
  }
  if (matchingMode.kind === 'queueAndMatch') return { status: 'created' };
  return outsideQueue(matchingMode.kind, enqueuedAt);
}

const outsideQueue = (
  mode: 'suspend' | 'scheduleAndSuspend',
  enqueuedAt: Instant | undefined,
): Extract<JobState, { status: 'waitingForActivation' | 'pendingSchedule' }> =>
  mode === 'suspend'
    ? { status: 'waitingForActivation', enqueuedAt, isPassing: false }
    : { status: 'pendingSchedule', enqueuedAt };

const seniorityOf = ({ state }: Job): Instant | undefined =>
  'enqueuedAt' in state ? state.enqueuedAt : undefined;

const moved = <State extends JobState>(job: Job, state: State, at: Instant) => ({
  ...job,
  state,
  revision: nextRevision(job.revision, at),
});

const noted = (content: JobContent, message: string | undefined, at: Instant): JobContent =>
  message === undefined ? content : { ...content, notes: [...content.notes, { message, addedAt: at }] };

export const editJob = <AnyJob extends Job>(job: AnyJob, content: JobContent, at: Instant): AnyJob => ({
  ...job,
  content,
  revision: nextRevision(job.revision, at),
});

/** Drops the open offers; the caller tells their workers. */
export const awaitClassification = (job: UnassignedJob, at: Instant): ClassifyingJob => {
  const state = {
    status: 'pendingClassification',
    enqueuedAt: seniorityOf(job),
    inquiry: undefined,
  } as const;
  return moved({ ...job, classifications: job.classifications + 1 }, state, at);
};

/** Nobody sees what a job has been told so far, so its revision stays. */
export const inquire = (job: ClassifyingJob, inquiry: Inquiry): ClassifyingJob => ({
  ...job,
  state: { ...job.state, inquiry },
});

export const failClassification = (
  job: ClassifyingJob,
  errors: readonly ClassificationError[],
  at: Instant,
): Job => moved(job, { status: 'classificationFailed', enqueuedAt: job.state.enqueuedAt, errors }, at);

/** On its way to where its matching mode wants it; a job to be matched shows the same status on that way. */
export const passClassification = (job: ClassifyingJob, content: JobContent, at: Instant) => {
  const { enqueuedAt } = job.state;
  const { kind } = content.matchingMode;
  const isPassing = kind !== 'suspend';
  const classified = moved(
    { ...job, content },
    { status: 'waitingForActivation', enqueuedAt, isPassing },
    at,
  );
  // Recorded: a job that is to be scheduled has been written twice when it shows that.
  return kind === 'scheduleAndSuspend' ? moved(classified, outsideQueue(kind, enqueuedAt), at) : classified;
};

export const enqueue = (job: UnassignedJob, at: Instant): QueuedJob =>
  moved(job, { status: 'queued', enqueuedAt: seniorityOf(job) ?? at, offers: [] }, at);

/** Out of the queue until it is activated. Drops the open offers; the caller tells their workers. */
export const hold = (job: UnassignedJob, mode: 'suspend' | 'scheduleAndSuspend', at: Instant) =>
  moved(job, outsideQueue(mode, seniorityOf(job)), at);

export const schedule = (job: JobIn<'pendingSchedule'>, at: Instant) =>
  moved(job, { ...job.state, status: 'scheduled' }, at);

/** Recorded: the job keeps the time it was activated at. */
export const activate = (job: JobIn<'scheduled'>, at: Instant): SuspendedJob => {
  const state = { ...job.state, status: 'waitingForActivation', isPassing: false } as const;
  return moved({ ...job, scheduledAt: at }, state, at);
};

/** Recorded: offers come and go without moving the job's version. */
const offeredTo = (job: QueuedJob, offers: readonly Offer[]): QueuedJob => ({
  ...job,
  state: { ...job.state, offers },
});

export const addOffer = (job: QueuedJob, offer: Offer): QueuedJob =>
  offeredTo(job, [...job.state.offers, offer]);

export const dropOffer = (job: QueuedJob, offerId: OfferId): QueuedJob =>
  offeredTo(
    job,
    job.state.offers.filter((offer) => offer.offerId !== offerId),
  );

export const rememberDecline = <AnyJob extends Job>(
  job: AnyJob,
  workerId: WorkerId,
  decline: Decline,
): AnyJob => ({ ...job, declines: new Map(job.declines).set(workerId, decline) });

export const forgetDecline = <AnyJob extends Job>(job: AnyJob, workerId: WorkerId): AnyJob => ({
  ...job,
  declines: new Map([...job.declines].filter(([id]) => id !== workerId)),
});

/** Drops the other offers; the caller tells their workers. */
export const assign = (job: QueuedJob, assignment: Assignment, at: Instant): AssignedJob =>
  moved(job, { status: 'assigned', enqueuedAt: job.state.enqueuedAt, assignment }, at);

/**
 * Back to the queue with its seniority, or out of it when matching is suspended: by the caller now, or by a patch while
 * the job was assigned. Where we guessed: the latter, which nobody describes.
 */
export function unassign(job: AssignedJob, suspendMatching: boolean, at: Instant): UnassignedJob {
  const { enqueuedAt } = job.state;
  const content: JobContent = suspendMatching
    ? { ...job.content, matchingMode: { kind: 'suspend' } }
    : job.content;
  const unassigned = { ...job, content, unassignmentCount: job.unassignmentCount + 1 };
  const { kind } = content.matchingMode;
  if (kind !== 'queueAndMatch') return moved(unassigned, outsideQueue(kind, enqueuedAt), at);
  return moved(unassigned, { status: 'queued', enqueuedAt, offers: [] }, at);
}

export const complete = (job: AssignedJob, note: string | undefined, at: Instant): CompletedJob =>
  moved(
    { ...job, content: noted(job.content, note, at) },
    { ...job.state, status: 'completed', completedAt: at, planned: undefined },
    at,
  );

export const planClose = (
  job: CompletedJob,
  planned: Closing & { readonly closeAt: Instant },
  at: Instant,
): CompletedJob => moved(job, { ...job.state, planned }, at);

export function close(job: CompletedJob, { dispositionCode, note }: Closing, at: Instant): ClosedJob {
  const { enqueuedAt, assignment, completedAt } = job.state;
  const content = { ...noted(job.content, note, at), dispositionCode };
  return moved(
    { ...job, content },
    { status: 'closed', enqueuedAt, assignment, completedAt, closedAt: at },
    at,
  );
}

/** Drops the open offers and the assignment; the caller tells their workers. */
export function cancel(job: OpenJob, { dispositionCode, note }: Closing, at: Instant): Job {
  const content = { ...noted(job.content, note, at), dispositionCode };
  const { state } = job;
  const enqueuedAt = 'enqueuedAt' in state ? state.enqueuedAt : undefined;
  return moved(
    { ...job, content },
    { status: 'cancelled', enqueuedAt, assignments: shownAssignments(job) },
    at,
  );
}
