/**
 * What the engine shows of its state: the resources of api-version 2023-11-01 with their REST names, instants
 * instead of texts, and a revision instead of an ETag. Every view is an immutable snapshot.
 */
import type { Instant } from '../../clock/instant.ts';
import type { AssignmentId, DistributionPolicyId, JobId, OfferId, QueueId, WorkerId } from './ids.ts';

/** Label, tag and selector values keep the JSON type they came with. */
export type Scalar = string | number | boolean;
/** Keys in the order the service shows them. */
export type Labels = Readonly<Record<string, Scalar>>;

/** Moves on every write, the engine's own included; what an ETag is made from. */
export interface Revision {
  /** 0 when created, then counted up. */
  readonly version: number;
  readonly modifiedAt: Instant;
}

export type DistributionModeKind = 'longestIdle' | 'roundRobin';

export interface DistributionMode {
  readonly kind: DistributionModeKind;
  readonly minConcurrentOffers: number;
  readonly maxConcurrentOffers: number;
  readonly bypassSelectors: boolean;
}

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
  readonly key: string;
  readonly labelOperator: LabelOperator;
  /** A selector without a value compares with nothing and matches as a missing label does. */
  readonly value?: Scalar;
  readonly expedite: boolean;
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
  readonly revision: Revision;
}

export type JobStatus =
  | 'created'
  | 'queued'
  | 'waitingForActivation'
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
}

export type MatchingMode = 'queueAndMatch' | 'suspend';

export interface JobView {
  readonly id: JobId;
  readonly channelReference?: string;
  readonly status: JobStatus;
  /** Set once, at the first enqueue. */
  readonly enqueuedAt?: Instant;
  readonly channelId: string;
  readonly queueId: QueueId;
  readonly priority: number;
  readonly dispositionCode?: string;
  readonly requestedWorkerSelectors: readonly WorkerSelector[];
  readonly labels: Labels;
  readonly assignments: readonly AssignmentView[];
  readonly tags: Labels;
  /** Oldest first. */
  readonly notes: readonly Note[];
  readonly matchingMode: MatchingMode;
  readonly revision: Revision;
}
