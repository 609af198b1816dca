/** What a job is: its content, its states with the data each has, and what is asked of it. Its moves are in jobMoves.ts. */
import type { Instant } from '../../clock/instant.ts';
import type { ClassificationPolicyContent } from './classificationPolicy.ts';
import type { OutsideOutcome } from './commands.ts';
import type { ClassificationError } from './facts.ts';
import type { AssignmentId, ClassificationPolicyId, JobId, QueueId, WorkerId } from './ids.ts';
import { isSame } from './mergePatch.ts';
import type { AssignmentView, JobStatus, MatchingMode, Note } from './model/job.ts';
import type { WorkerSelector } from './model/selectors.ts';
import type { Labels, Revision } from './model/values.ts';
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

export type JobIn<Status extends JobStatus> = Job & {
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
