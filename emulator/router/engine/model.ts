/**
 * What the engine shows of its state: the resources of api-version 2023-11-01 with their REST names, instants
 * instead of texts, and a revision instead of an ETag. Every view is an immutable snapshot. Two things are told
 * in one shape where REST has several: what attaches queue selectors and worker selectors (`SelectorAttachment`),
 * and members of 2024-01-18-preview, which are optional and absent unless a client of that version set them.
 */
import type { Instant } from '../../clock/instant.ts';
import type {
  AssignmentId,
  ClassificationPolicyId,
  DistributionPolicyId,
  ExceptionPolicyId,
  JobId,
  OfferId,
  QueueId,
  WorkerId,
} from './ids.ts';

/** Label, tag and selector values keep the JSON type they came with. */
export type Scalar = string | number | boolean;
/** Keys in the order the service shows them. */
export type Labels = Readonly<Record<string, Scalar>>;

/** Any JSON value, where the service takes whatever it is given. */
export type Json = Scalar | null | readonly Json[] | { readonly [member: string]: Json };

/** Moves on every write, the engine's own included; what an ETag is made from. */
export interface Revision {
  /** 0 when created, then counted up. */
  readonly version: number;
  readonly modifiedAt: Instant;
}

/** The key of one function, or a key of its app with the key's name. */
export interface FunctionCredential {
  readonly functionKey?: string;
  readonly appKey?: string;
  readonly clientId?: string;
}

export interface FunctionRule {
  readonly kind: 'function';
  readonly functionUri: string;
  readonly credential?: FunctionCredential;
}

export interface WebhookRule {
  readonly kind: 'webhook';
  readonly authorizationServerUri?: string;
  readonly clientCredential?: { readonly clientId?: string; readonly clientSecret?: string };
  readonly webhookUri?: string;
}

/** Answered by somebody else, over HTTP. */
export type OutsideRule = FunctionRule | WebhookRule;

export type RouterRule =
  | { readonly kind: 'static'; readonly value?: Json }
  | { readonly kind: 'directMap' }
  | { readonly kind: 'expression'; readonly language: 'powerFx'; readonly expression: string }
  | OutsideRule;

export type ScoringParameter = 'jobLabels' | 'workerSelectors';

export interface ScoringRuleOptions {
  /** Absent when never set; 20 is then meant (documented). */
  readonly batchSize?: number;
  readonly scoringParameters: readonly ScoringParameter[];
  readonly isBatchScoringEnabled: boolean;
  readonly descendingOrder: boolean;
}

interface AnyDistributionMode {
  /** Where we guessed: a hint that changes nothing. Offers go to whoever is available, also when that is fewer. */
  readonly minConcurrentOffers: number;
  readonly maxConcurrentOffers: number;
  readonly bypassSelectors: boolean;
}

export interface BestWorkerMode extends AnyDistributionMode {
  readonly kind: 'bestWorker';
  /** Absent: the documented default formula. */
  readonly scoringRule?: RouterRule;
  readonly scoringRuleOptions: ScoringRuleOptions;
}

export interface PlainDistributionMode extends AnyDistributionMode {
  readonly kind: 'longestIdle' | 'roundRobin';
}

export type DistributionMode = PlainDistributionMode | BestWorkerMode;
export type DistributionModeKind = DistributionMode['kind'];

export interface DistributionPolicyView {
  readonly id: DistributionPolicyId;
  readonly name?: string;
  readonly offerExpiresAfterSeconds: number;
  readonly mode: DistributionMode;
  readonly revision: Revision;
}

export interface QueueView {
  readonly id: QueueId;
  readonly name?: string;
  readonly distributionPolicyId: DistributionPolicyId;
  /** Ends with the automatic label Id. */
  readonly labels: Labels;
  readonly exceptionPolicyId?: ExceptionPolicyId;
  readonly revision: Revision;
}

export type LabelOperator =
  | 'equal'
  | 'notEqual'
  | 'lessThan'
  | 'lessThanOrEqual'
  | 'greaterThan'
  | 'greaterThanOrEqual';

export interface WorkerSelector {
  /** Absent: it never expires. */
  readonly expiresAfterSeconds?: number;
  readonly expedite: boolean;
  /** An expired selector is shown, and no longer asked for. */
  readonly status: 'active' | 'expired';
  readonly key: string;
  readonly labelOperator: LabelOperator;
  /** A selector without a value compares with nothing and matches as a missing label does. */
  readonly value?: Scalar;
  /** Known once its clock runs. */
  readonly expiresAt?: Instant;
}

export interface QueueSelector {
  readonly key: string;
  readonly labelOperator: LabelOperator;
  /** Objects are taken and shown as they came (recorded); no label equals one. */
  readonly value?: Json;
}

/** What a classification policy adds selectors with. REST says `queueSelector(s)`, `workerSelector(s)`; here both are `selector(s)`. */
export type SelectorAttachment<Selector> =
  | { readonly kind: 'static'; readonly selector: Selector }
  | { readonly kind: 'conditional'; readonly condition: RouterRule; readonly selectors: readonly Selector[] }
  | {
      readonly kind: 'passThrough';
      readonly key: string;
      readonly labelOperator: LabelOperator;
      /** Of worker selectors only. */
      readonly expiresAfterSeconds?: number;
    }
  | { readonly kind: 'ruleEngine'; readonly rule: RouterRule }
  | { readonly kind: 'weightedAllocation'; readonly allocations: readonly WeightedAllocation<Selector>[] };

export interface WeightedAllocation<Selector> {
  /** A share of 1. */
  readonly weight: number;
  readonly selectors: readonly Selector[];
}

export type QueueSelectorAttachment = SelectorAttachment<QueueSelector>;
export type WorkerSelectorAttachment = SelectorAttachment<WorkerSelector>;

export interface ClassificationPolicyView {
  readonly id: ClassificationPolicyId;
  readonly name?: string;
  readonly fallbackQueueId?: QueueId;
  readonly queueSelectorAttachments: readonly QueueSelectorAttachment[];
  readonly prioritizationRule?: RouterRule;
  readonly workerSelectorAttachments: readonly WorkerSelectorAttachment[];
  readonly revision: Revision;
}

export type ExceptionTrigger =
  | { readonly kind: 'queueLength'; readonly threshold: number }
  | { readonly kind: 'waitTime'; readonly thresholdSeconds: number };

/** Every patch of the rules gives their actions new ids (recorded). */
export type ExceptionAction = { readonly id: string } & (
  | { readonly kind: 'cancel'; readonly note?: string; readonly dispositionCode?: string }
  | {
      readonly kind: 'manualReclassify';
      readonly queueId?: QueueId;
      readonly priority?: number;
      readonly workerSelectors: readonly WorkerSelector[];
    }
  | {
      readonly kind: 'reclassify';
      readonly classificationPolicyId?: ClassificationPolicyId;
      readonly labelsToUpsert: Labels;
    }
);

export interface ExceptionRule {
  /** The client's own. */
  readonly id: string;
  readonly trigger: ExceptionTrigger;
  readonly actions: readonly ExceptionAction[];
}

export interface ExceptionPolicyView {
  readonly id: ExceptionPolicyId;
  readonly name?: string;
  readonly exceptionRules: readonly ExceptionRule[];
  readonly revision: Revision;
}

export interface Channel {
  readonly channelId: string;
  readonly capacityCostPerJob: number;
  readonly maxNumberOfJobs?: number;
}

export interface OfferView {
  readonly offerId: OfferId;
  readonly jobId: JobId;
  readonly capacityCost: number;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
}

export interface WorkerAssignmentView {
  readonly assignmentId: AssignmentId;
  readonly jobId: JobId;
  readonly capacityCost: number;
  readonly assignedAt: Instant;
}

export type WorkerState = 'active' | 'draining' | 'inactive';

export interface WorkerView {
  readonly id: WorkerId;
  readonly state: WorkerState;
  readonly queues: readonly QueueId[];
  readonly capacity: number;
  /** Begins with the automatic label Id. */
  readonly labels: Labels;
  readonly tags: Labels;
  readonly channels: readonly Channel[];
  readonly offers: readonly OfferView[];
  readonly assignedJobs: readonly WorkerAssignmentView[];
  /** Cost of offers and assignments over capacity. */
  readonly loadRatio: number;
  readonly availableForOffers: boolean;
  /** 2024-01-18-preview. Offers above it exist, hold capacity and age, but are not in `offers` yet. */
  readonly maxConcurrentOffers?: number;
  readonly revision: Revision;
}

export type JobStatus =
  | 'created'
  | 'pendingClassification'
  | 'classificationFailed'
  | 'pendingSchedule'
  | 'scheduled'
  | 'scheduleFailed'
  | 'waitingForActivation'
  | 'queued'
  | 'assigned'
  | 'completed'
  | 'closed'
  | 'cancelled';

export interface AssignmentView {
  readonly assignmentId: AssignmentId;
  readonly workerId: WorkerId;
  readonly assignedAt: Instant;
  readonly completedAt?: Instant;
  readonly closedAt?: Instant;
}

export interface Note {
  readonly message: string;
  readonly addedAt: Instant;
  /** What a client gave beyond the milliseconds, in hundreds of nanoseconds. */
  readonly addedAtTicks?: number;
}

export type MatchingMode =
  | { readonly kind: 'queueAndMatch' }
  | {
      readonly kind: 'scheduleAndSuspend';
      readonly scheduleAt: Instant;
      /** What the client gave beyond the milliseconds, in hundreds of nanoseconds. */
      readonly scheduleAtTicks?: number;
    }
  | { readonly kind: 'suspend' };

export interface JobView {
  readonly id: JobId;
  readonly channelReference?: string;
  readonly status: JobStatus;
  /** Set once, at the first enqueue. */
  readonly enqueuedAt?: Instant;
  readonly channelId: string;
  readonly classificationPolicyId?: ClassificationPolicyId;
  /** Absent until classification has chosen a queue for a job that came without one. */
  readonly queueId?: QueueId;
  readonly priority: number;
  readonly dispositionCode?: string;
  readonly requestedWorkerSelectors: readonly WorkerSelector[];
  readonly attachedWorkerSelectors: readonly WorkerSelector[];
  readonly labels: Labels;
  readonly assignments: readonly AssignmentView[];
  readonly tags: Labels;
  /** Oldest first. */
  readonly notes: readonly Note[];
  /** When a scheduled job was activated; kept ever after. */
  readonly scheduledAt?: Instant;
  readonly matchingMode: MatchingMode;
  readonly revision: Revision;
}

/** Minutes are fractions here; REST decides how to round them. */
export interface QueueStatisticsView {
  readonly queueId: QueueId;
  /** Queued jobs, offered ones included. */
  readonly length: number;
  /** By priority, as whole minutes. Absent when nothing is known. */
  readonly estimatedWaitTimeMinutes?: Readonly<Record<string, number>>;
  /** Since the oldest `enqueuedAt`. Absent when nobody waits. */
  readonly longestJobWaitTimeMinutes?: number;
}

export interface JobPositionView {
  readonly jobId: JobId;
  /** From 1. */
  readonly position: number;
  readonly queueId: QueueId;
  readonly queueLength: number;
  readonly estimatedWaitTimeMinutes?: number;
}

/** What one selector of a job says about one worker. */
export interface SelectorExplanation {
  readonly selector: WorkerSelector;
  readonly from: 'requested' | 'attached';
  /** The worker's label under the selector's key. */
  readonly label?: Scalar;
  readonly holds: boolean;
}

export interface WorkerExplanation {
  readonly workerId: WorkerId;
  readonly verdict: 'assigned' | 'offered' | 'couldBeOffered' | 'notOffered';
  /** Sentences; empty when nothing stands in the way. */
  readonly reasons: readonly string[];
  readonly selectors: readonly SelectorExplanation[];
}

/** Why each worker of the job's queue was offered the job, or was not. */
export interface JobExplanation {
  readonly jobId: JobId;
  readonly status: JobStatus;
  readonly queueId?: QueueId;
  /** Why nobody at all can be offered the job, if so: it is not queued, or has as many offers as it may. */
  readonly reasons: readonly string[];
  readonly workers: readonly WorkerExplanation[];
}
