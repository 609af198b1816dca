/**
 * Everything the engine can be asked to do, each with the answer it gives. Reading this file and facts.ts is
 * reading the engine's table of contents.
 */
import type { Instant } from '../../clock/instant.ts';
import type { AssignmentId, DistributionPolicyId, JobId, OfferId, QueueId, WorkerId } from './ids.ts';
import type {
  Channel,
  DistributionModeKind,
  DistributionPolicyView,
  JobView,
  LabelOperator,
  MatchingMode,
  QueueView,
  Scalar,
  WorkerView,
} from './model.ts';

/** A member of a merge patch: absent leaves the value alone, null removes it or puts its default back. */
type Patched<T> = T | null | undefined;
/** A map is merged key by key; a null value removes its key; null for the whole map empties it. */
export type LabelsPatch = Readonly<Record<string, Scalar | null>>;

export interface DistributionPolicyPatch {
  readonly name?: Patched<string>;
  readonly offerExpiresAfterSeconds?: Patched<number>;
  readonly mode?: Patched<{
    readonly kind?: Patched<DistributionModeKind>;
    readonly minConcurrentOffers?: Patched<number>;
    readonly maxConcurrentOffers?: Patched<number>;
    readonly bypassSelectors?: Patched<boolean>;
  }>;
}

export interface QueuePatch {
  readonly name?: Patched<string>;
  readonly distributionPolicyId?: Patched<DistributionPolicyId>;
  readonly labels?: Patched<LabelsPatch>;
}

export interface WorkerPatch {
  readonly queues?: Patched<readonly QueueId[]>;
  readonly capacity?: Patched<number>;
  readonly labels?: Patched<LabelsPatch>;
  readonly tags?: Patched<LabelsPatch>;
  readonly channels?: Patched<readonly Channel[]>;
  readonly availableForOffers?: Patched<boolean>;
}

export interface SelectorInput {
  readonly key: string;
  readonly labelOperator: LabelOperator;
  readonly value?: Scalar | undefined;
  readonly expedite?: boolean | undefined;
}

export interface JobPatch {
  readonly channelReference?: Patched<string>;
  readonly channelId?: Patched<string>;
  readonly queueId?: Patched<QueueId>;
  readonly priority?: Patched<number>;
  readonly dispositionCode?: Patched<string>;
  readonly requestedWorkerSelectors?: Patched<readonly SelectorInput[]>;
  readonly labels?: Patched<LabelsPatch>;
  readonly tags?: Patched<LabelsPatch>;
  /** Replaces the notes; one without `addedAt` is stamped with the time of receipt. */
  readonly notes?: Patched<readonly { readonly message: string; readonly addedAt?: Instant | undefined }[]>;
  readonly matchingMode?: Patched<MatchingMode>;
}

export interface Upserted<View> {
  readonly created: boolean;
  readonly resource: View;
}

/** Nothing to tell beyond success. */
export type Nothing = Record<never, never>;

/** A command's type, its members and, under `answer`, what it gives back. Not all can be sent from outside. */
interface CommandTable {
  UpsertDistributionPolicy: {
    id: DistributionPolicyId;
    patch: DistributionPolicyPatch;
    answer: Upserted<DistributionPolicyView>;
  };
  UpsertQueue: { id: QueueId; patch: QueuePatch; answer: Upserted<QueueView> };
  UpsertWorker: { id: WorkerId; patch: WorkerPatch; answer: Upserted<WorkerView> };
  UpsertJob: { id: JobId; patch: JobPatch; answer: Upserted<JobView> };
  /** Deleting what is not there succeeds, as the service answers 204 again. */
  DeleteDistributionPolicy: { id: DistributionPolicyId; answer: Nothing };
  DeleteQueue: { id: QueueId; answer: Nothing };
  DeleteWorker: { id: WorkerId; answer: Nothing };
  DeleteJob: { id: JobId; answer: Nothing };
  CancelJob: { jobId: JobId; note?: string; dispositionCode?: string; answer: Nothing };
  AcceptOffer: {
    workerId: WorkerId;
    offerId: OfferId;
    answer: { assignmentId: AssignmentId; jobId: JobId; workerId: WorkerId };
  };
  DeclineOffer: { workerId: WorkerId; offerId: OfferId; retryOfferAt?: Instant; answer: Nothing };
  CompleteAssignment: { jobId: JobId; assignmentId: AssignmentId; note?: string; answer: Nothing };
  CloseAssignment: {
    jobId: JobId;
    assignmentId: AssignmentId;
    dispositionCode?: string;
    /** In the past or absent: now. In the future: capacity is held until then. */
    closeAt?: Instant;
    note?: string;
    answer: Nothing;
  };
  UnassignJob: {
    jobId: JobId;
    assignmentId: AssignmentId;
    suspendMatching?: boolean;
    answer: { jobId: JobId; unassignmentCount: number };
  };
  /** The commands below are sent by the engine to itself, later. Out of date, they do nothing. */
  EnqueueJob: { jobId: JobId; answer: Nothing };
  MatchQueue: { queueId: QueueId; answer: Nothing };
  ExpireOffer: { workerId: WorkerId; offerId: OfferId; answer: Nothing };
  CloseDueAssignment: { jobId: JobId; assignmentId: AssignmentId; answer: Nothing };
  ForgetDecline: { workerId: WorkerId; jobId: JobId; answer: Nothing };
}

export type CommandType = keyof CommandTable;
export type CommandOf<Type extends CommandType> = { readonly type: Type } & Readonly<
  Omit<CommandTable[Type], 'answer'>
>;
export type Command = { [Type in CommandType]: CommandOf<Type> }[CommandType];
export type AnswerOf<Type extends CommandType> = CommandTable[Type]['answer'];
