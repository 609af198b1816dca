/**
 * A job's states and moves, in the order of the table in README.md. A move takes the job in the states it is
 * allowed in, so that an illegal move does not compile; `isIn` is the question to ask before.
 */
import type { Instant } from '../../clock/instant.ts';
import type { ClassificationPolicyContent } from './classificationPolicy.ts';
import type { OutsideOutcome } from './commands.ts';
import type { ClassificationError } from './facts.ts';
import type { AssignmentId, ClassificationPolicyId, JobId, OfferId, QueueId, WorkerId } from './ids.ts';
import { firstRevision, isSame, nextRevision } from './mergePatch.ts';
import type {
  AssignmentView,
  JobStatus,
  Labels,
  MatchingMode,
  Note,
  Revision,
  WorkerSelector,
} from './model.ts';
import type { Offer } from './offer.ts';
import type { Worker } from './worker.ts';

export interface JobContent {
  readonly channelReference: string | undefined;
  readonly channelId: string;
  readonly classificationPolicyId: ClassificationPolicyId | undefined;
  /** Undefined only before classification has chosen one. */
  readonly queueId: QueueId | undefined;
  /** The queue was asked for, by the client or an exception rule, so that classification leaves it alone. */
  readonly isOwnQueue: boolean;
  readonly priority: number;
  readonly dispositionCode: string | undefined;
  /** Those the client requested. */
  readonly selectors: readonly WorkerSelector[];
  /** Those the classification policy attached. */
  readonly attachedSelectors: readonly WorkerSelector[];
  readonly labels: Labels;
  readonly tags: Labels;
  readonly notes: readonly Note[];
  readonly matchingMode: MatchingMode;
}

export interface Assignment {
  readonly assignmentId: AssignmentId;
  readonly workerId: WorkerId;
  readonly assignedAt: Instant;
}

/** How an assignment is to be closed. */
export interface Closing {
  readonly dispositionCode: string;
  readonly note: string | undefined;
}

interface Enqueued {
  /** Written once, at the first enqueue. */
  readonly enqueuedAt: Instant;
}

interface Assigned extends Enqueued {
  readonly assignment: Assignment;
}

interface Completed extends Assigned {
  readonly completedAt: Instant;
}

/** What a policy's functions and webhooks have answered so far, by the rule's place in the policy. */
export interface Inquiry {
  readonly policy: ClassificationPolicyContent;
  readonly answers: ReadonlyMap<string, OutsideOutcome>;
}

/** Not in its queue now, though it may have been, and then keeps its seniority. */
interface MaybeEnqueued {
  readonly enqueuedAt: Instant | undefined;
}

export type JobState =
  | { readonly status: 'created' }
  /** `inquiry` once classification has begun and waits for answers from outside. */
  | (MaybeEnqueued & { readonly status: 'pendingClassification'; readonly inquiry: Inquiry | undefined })
  | (MaybeEnqueued & {
      readonly status: 'classificationFailed';
      readonly errors: readonly ClassificationError[];
    })
  | (MaybeEnqueued & { readonly status: 'pendingSchedule' })
  | (MaybeEnqueued & { readonly status: 'scheduled' })
  | (MaybeEnqueued & { readonly status: 'scheduleFailed'; readonly failureReason: string })
  /** `isPassing`: only on its way from classification into its queue. */
  | (MaybeEnqueued & { readonly status: 'waitingForActivation'; readonly isPassing: boolean })
  | (Enqueued & { readonly status: 'queued'; readonly offers: readonly Offer[] })
  | (Assigned & { readonly status: 'assigned' })
  | (Completed & {
      readonly status: 'completed';
      readonly planned: (Closing & { readonly closeAt: Instant }) | undefined;
    })
  | (Completed & { readonly status: 'closed'; readonly closedAt: Instant })
  | {
      readonly status: 'cancelled';
      readonly enqueuedAt: Instant | undefined;
      readonly assignments: readonly AssignmentView[];
    };

export interface Decline {
  /** The worker's registration that declined; a later one may be asked again. */
  readonly registration: number;
  readonly retryOfferAt: Instant | undefined;
}

export interface Job {
  readonly id: JobId;
  /** Which job was created first, where nothing else decides. */
  readonly creationNumber: number;
  readonly createdAt: Instant;
  readonly content: JobContent;
  readonly state: JobState;
  readonly declines: ReadonlyMap<WorkerId, Decline>;
  /** How often classification was asked for; an attempt with a smaller number was overtaken. */
  readonly classifications: number;
  /** When its schedule was up. */
  readonly scheduledAt: Instant | undefined;
  readonly unassignmentCount: number;
  readonly revision: Revision;
}

type JobIn<Status extends JobStatus> = Job & {
  readonly state: Extract<JobState, { readonly status: Status }>;
};

export type ClassifyingJob = JobIn<'pendingClassification'>;
export type SuspendedJob = JobIn<'waitingForActivation'>;
export type QueuedJob = JobIn<'queued'>;
export type AssignedJob = JobIn<'assigned'>;
export type CompletedJob = JobIn<'completed'>;
export type ClosedJob = JobIn<'closed'>;

/** A job that can still be worked on: everything but closed and cancelled. */
export type OpenJob = JobIn<Exclude<JobStatus, 'closed' | 'cancelled'>>;

export const isIn = <Status extends JobStatus>(job: Job, status: Status): job is JobIn<Status> =>
  job.state.status === status;

export const isOpen = (job: Job): job is OpenJob => !isIn(job, 'closed') && !isIn(job, 'cancelled');

/** Nobody works on the job yet, so that its queue may still be chosen anew. */
export type UnassignedJob = JobIn<Exclude<JobStatus, 'assigned' | 'completed' | 'closed' | 'cancelled'>>;

export const isUnassigned = (job: Job): job is UnassignedJob =>
  isOpen(job) && !isIn(job, 'assigned') && !isIn(job, 'completed');

const seniorityOf = ({ state }: Job): Instant | undefined =>
  'enqueuedAt' in state ? state.enqueuedAt : undefined;

export const openOffersOf = (job: Job): readonly Offer[] => (isIn(job, 'queued') ? job.state.offers : []);

/** A job that is or was queued has a queue. */
export function queueOf(job: Job): QueueId {
  const { queueId } = job.content;
  if (queueId === undefined) throw new Error(`Job ${job.id} is ${job.state.status} without a queue`);
  return queueId;
}

export function assignmentOf(job: Job): Assignment | undefined {
  const { state } = job;
  return 'assignment' in state ? state.assignment : undefined;
}

/** True when the worker neither has an offer for this job nor declined it in its present registration. */
export const mayBeOffered = (job: QueuedJob, worker: Worker): boolean =>
  job.declines.get(worker.id)?.registration !== worker.registration &&
  !job.state.offers.some((offer) => offer.workerId === worker.id);

/** Where we guessed: what decides about the match, and therefore queues the job anew when it is edited. */
export const isAnotherJobToMatch = (before: JobContent, after: JobContent): boolean =>
  !isSame(before.labels, after.labels) ||
  before.queueId !== after.queueId ||
  before.channelId !== after.channelId ||
  before.selectors !== after.selectors ||
  before.attachedSelectors !== after.attachedSelectors ||
  before.priority !== after.priority;

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

/** Back to the queue with its seniority, or out of it when matching is suspended. */
export function unassign(job: AssignedJob, suspendMatching: boolean, at: Instant): QueuedJob | SuspendedJob {
  const { enqueuedAt } = job.state;
  const unassigned = { ...job, unassignmentCount: job.unassignmentCount + 1 };
  if (!suspendMatching) return moved(unassigned, { status: 'queued', enqueuedAt, offers: [] }, at);
  const content: JobContent = { ...job.content, matchingMode: { kind: 'suspend' } };
  const state = { status: 'waitingForActivation', enqueuedAt, isPassing: false } as const;
  return moved({ ...unassigned, content }, state, at);
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

export const showsAssignment = (job: Job, id: AssignmentId): boolean =>
  isIn(job, 'cancelled')
    ? job.state.assignments.some(({ assignmentId }) => assignmentId === id)
    : assignmentOf(job)?.assignmentId === id;

/** Documented: a job shows its present assignment only; one taken back disappears. */
export function shownAssignments({ state }: Job): readonly AssignmentView[] {
  switch (state.status) {
    case 'created':
    case 'pendingClassification':
    case 'classificationFailed':
    case 'pendingSchedule':
    case 'scheduled':
    case 'scheduleFailed':
    case 'waitingForActivation':
    case 'queued':
      return [];
    case 'assigned':
      return [state.assignment];
    case 'completed':
      return [{ ...state.assignment, completedAt: state.completedAt }];
    case 'closed':
      return [{ ...state.assignment, completedAt: state.completedAt, closedAt: state.closedAt }];
    case 'cancelled':
      return state.assignments;
    default:
      return state satisfies never;
  }
}
