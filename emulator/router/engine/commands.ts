/**
 * Everything the engine can be asked to do, each with the answer it gives. Reading this file and facts.ts is
 * reading the engine's table of contents.
 */
import type { Instant } from '../../clock/instant.ts';
import type {
  AssignmentId,
  ClassificationPolicyId,
  DistributionPolicyId,
  ExceptionPolicyId,
  JobId,
  OfferId,
  OutsideCallId,
  QueueId,
  WorkerId,
} from './ids.ts';
import type { ClassificationPolicyView, SelectorAttachment } from './model/classificationPolicy.ts';
import type {
  DistributionModeKind,
  DistributionPolicyView,
  ScoringParameter,
} from './model/distributionPolicy.ts';
import type { ExceptionPolicyView, ExceptionTrigger } from './model/exceptionPolicy.ts';
import type { JobView, MatchingMode } from './model/job.ts';
import type { QueueView } from './model/queue.ts';
import type { RouterRule } from './model/rules.ts';
import type { LabelOperator, QueueSelector } from './model/selectors.ts';
import type { Json, Scalar } from './model/values.ts';
import type { Channel, WorkerView } from './model/worker.ts';

/** A member of a merge patch: absent leaves the value alone, null removes it or puts its default back. */
type Patched<T> = T | null | undefined;
/** A map is merged key by key; a null value removes its key; null for the whole map empties it. */
export type LabelsPatch = Readonly<Record<string, Scalar | null>>;

/** Merged member by member. Which members count is a matter of the kind, and a new kind starts from nothing. */
export interface RulePatch {
  readonly kind?: Patched<RouterRule['kind']>;
  readonly value?: Patched<Json>;
  readonly expression?: Patched<string>;
  readonly functionUri?: Patched<string>;
  readonly credential?: Patched<{
    readonly functionKey?: Patched<string>;
    readonly appKey?: Patched<string>;
    readonly clientId?: Patched<string>;
  }>;
  readonly authorizationServerUri?: Patched<string>;
  readonly clientCredential?: Patched<{
    readonly clientId?: Patched<string>;
    readonly clientSecret?: Patched<string>;
  }>;
  readonly webhookUri?: Patched<string>;
}

export interface DistributionPolicyPatch {
  readonly name?: Patched<string>;
  readonly offerExpiresAfterSeconds?: Patched<number>;
  readonly mode?: Patched<{
    readonly kind?: Patched<DistributionModeKind>;
    readonly minConcurrentOffers?: Patched<number>;
    readonly maxConcurrentOffers?: Patched<number>;
    readonly bypassSelectors?: Patched<boolean>;
    /** Of mode bestWorker only. Null goes back to the default formula. */
    readonly scoringRule?: Patched<RulePatch>;
    readonly scoringRuleOptions?: Patched<{
      readonly batchSize?: Patched<number>;
      readonly scoringParameters?: Patched<readonly ScoringParameter[]>;
      readonly isBatchScoringEnabled?: Patched<boolean>;
      readonly descendingOrder?: Patched<boolean>;
    }>;
  }>;
}

/** The attachments are replaced whole, as all arrays are. */
export interface ClassificationPolicyPatch {
  readonly name?: Patched<string>;
  readonly fallbackQueueId?: Patched<QueueId>;
  readonly queueSelectorAttachments?: Patched<readonly SelectorAttachment<QueueSelector>[]>;
  readonly prioritizationRule?: Patched<RulePatch>;
  readonly workerSelectorAttachments?: Patched<readonly SelectorAttachment<SelectorInput>[]>;
}

export type ExceptionActionInput = {
  /** The engine gives one where the client does not. */
  readonly id?: string | undefined;
} & (
  | {
      readonly kind: 'cancel';
      readonly note?: string | undefined;
      readonly dispositionCode?: string | undefined;
    }
  | {
      readonly kind: 'manualReclassify';
      readonly queueId?: QueueId | undefined;
      readonly priority?: number | undefined;
      readonly workerSelectors?: readonly SelectorInput[] | undefined;
    }
  | {
      readonly kind: 'reclassify';
      readonly classificationPolicyId?: ClassificationPolicyId | undefined;
      readonly labelsToUpsert?: Readonly<Record<string, Scalar>> | undefined;
    }
);

/** The rules are replaced whole. */
export interface ExceptionPolicyPatch {
  readonly name?: Patched<string>;
  readonly exceptionRules?: Patched<
    readonly {
      readonly id: string;
      readonly trigger: ExceptionTrigger;
      readonly actions: readonly ExceptionActionInput[];
    }[]
  >;
}

export interface QueuePatch {
  readonly name?: Patched<string>;
  readonly distributionPolicyId?: Patched<DistributionPolicyId>;
  readonly labels?: Patched<LabelsPatch>;
  readonly exceptionPolicyId?: Patched<ExceptionPolicyId>;
}

export interface WorkerPatch {
  readonly queues?: Patched<readonly QueueId[]>;
  readonly capacity?: Patched<number>;
  readonly labels?: Patched<LabelsPatch>;
  readonly tags?: Patched<LabelsPatch>;
  readonly channels?: Patched<readonly Channel[]>;
  readonly availableForOffers?: Patched<boolean>;
  readonly maxConcurrentOffers?: Patched<number>;
}

export interface SelectorInput {
  readonly key: string;
  readonly labelOperator: LabelOperator;
  readonly value?: Scalar | undefined;
  readonly expedite?: boolean | undefined;
  readonly expiresAfterSeconds?: number | undefined;
}

/** A note as a client gives it. */
export interface NoteInput {
  readonly message: string;
  readonly addedAt?: Instant | undefined;
  readonly addedAtTicks?: number | undefined;
}

export interface JobPatch {
  readonly channelReference?: Patched<string>;
  readonly channelId?: Patched<string>;
  readonly classificationPolicyId?: Patched<ClassificationPolicyId>;
  readonly queueId?: Patched<QueueId>;
  readonly priority?: Patched<number>;
  readonly dispositionCode?: Patched<string>;
  readonly requestedWorkerSelectors?: Patched<readonly SelectorInput[]>;
  readonly labels?: Patched<LabelsPatch>;
  readonly tags?: Patched<LabelsPatch>;
  /** Replaces the notes; one without `addedAt` is stamped with the time of receipt. */
  readonly notes?: Patched<readonly NoteInput[]>;
  readonly matchingMode?: Patched<MatchingMode>;
}

export interface Upserted<View> {
  readonly created: boolean;
  readonly resource: View;
}

/** Nothing to tell beyond success. */
export type Nothing = Record<never, never>;

/** What came of an `OutsideCall`. */
export type OutsideOutcome =
  /** The JSON of a 200 answer. */
  | { readonly kind: 'answered'; readonly value: Json }
  /** Anything else; the message says what, for whoever reads a job's classification errors. */
  | { readonly kind: 'failed'; readonly message: string };

/** A command's type, its members and, under `answer`, what it gives back. Not all can be sent from outside. */
interface CommandTable {
  UpsertDistributionPolicy: {
    id: DistributionPolicyId;
    patch: DistributionPolicyPatch;
    answer: Upserted<DistributionPolicyView>;
  };
  UpsertClassificationPolicy: {
    id: ClassificationPolicyId;
    patch: ClassificationPolicyPatch;
    answer: Upserted<ClassificationPolicyView>;
  };
  UpsertExceptionPolicy: {
    id: ExceptionPolicyId;
    patch: ExceptionPolicyPatch;
    answer: Upserted<ExceptionPolicyView>;
  };
  UpsertQueue: { id: QueueId; patch: QueuePatch; answer: Upserted<QueueView> };
  UpsertWorker: { id: WorkerId; patch: WorkerPatch; answer: Upserted<WorkerView> };
  UpsertJob: { id: JobId; patch: JobPatch; answer: Upserted<JobView> };
  /** Deleting what is not there succeeds, as the service answers 204 again. */
  DeleteDistributionPolicy: { id: DistributionPolicyId; answer: Nothing };
  DeleteClassificationPolicy: { id: ClassificationPolicyId; answer: Nothing };
  DeleteExceptionPolicy: { id: ExceptionPolicyId; answer: Nothing };
  DeleteQueue: { id: QueueId; answer: Nothing };
  DeleteWorker: { id: WorkerId; answer: Nothing };
  DeleteJob: { id: JobId; answer: Nothing };
  /** Answered at once; the work comes later. */
  ReclassifyJob: { jobId: JobId; answer: Nothing };
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
  /** Comes from whoever makes the engine's outside calls. An answer nobody waits for any more does nothing. */
  OutsideCallAnswered: { callId: OutsideCallId; outcome: OutsideOutcome; answer: Nothing };
  /** The commands below are sent by the engine to itself, later. Out of date, they do nothing. */
  EnqueueJob: { jobId: JobId; answer: Nothing };
  /** `attempt` is the job's own count of classifications; an attempt that was overtaken does nothing. */
  ClassifyJob: { jobId: JobId; attempt: number; answer: Nothing };
  /** A job in `pendingSchedule` is put down for its time. */
  ScheduleJob: { jobId: JobId; answer: Nothing };
  ActivateScheduledJob: { jobId: JobId; answer: Nothing };
  /** The job may have waited in this queue for as long as this rule allows. */
  TriggerException: { jobId: JobId; queueId: QueueId; ruleId: string; answer: Nothing };
  ExpireSelectors: { jobId: JobId; answer: Nothing };
  /** 90 days after creation. */
  ExpireJob: { jobId: JobId; answer: Nothing };
  /** 7 days without activity. */
  DeregisterIdleWorker: { workerId: WorkerId; answer: Nothing };
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
