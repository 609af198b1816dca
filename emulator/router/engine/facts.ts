/** Everything the engine can announce. Each fact carries snapshots as they were right after it happened. */
import type { Instant } from '../../clock/instant.ts';
import type { AssignmentId, ClassificationPolicyId, WorkerId } from './ids.ts';
import type { JobView } from './model/job.ts';
import type { QueueView } from './model/queue.ts';
import type { WorkerSelector } from './model/selectors.ts';
import type { OfferView, WorkerView } from './model/worker.ts';

interface JobFact {
  readonly job: JobView;
}

interface AssignmentFact extends JobFact {
  readonly assignmentId: AssignmentId;
  readonly workerId: WorkerId;
}

interface OfferFact extends JobFact {
  readonly offer: OfferView;
  readonly worker: WorkerView;
}

interface WorkerFact {
  readonly worker: WorkerView;
  /** The worker's queues, in its order. */
  readonly queues: readonly QueueView[];
}

export type WorkerProperty =
  | 'AvailableForOffers'
  | 'TotalCapacity'
  | 'QueueAssignments'
  | 'Labels'
  | 'Tags'
  | 'ChannelConfigurations';

/** Why a job could not be classified, in the shape of the event that tells it. */
export interface ClassificationError {
  readonly code: string;
  readonly message: string;
  /** What could not be evaluated, such as `queueSelectorAttachments[1].condition`. */
  readonly target?: string;
  readonly details?: readonly ClassificationError[];
}

/** Selectors as they were when they expired; both empty when none did. */
interface ExpiredSelectors {
  readonly expiredRequestedWorkerSelectors: readonly WorkerSelector[];
  readonly expiredAttachedWorkerSelectors: readonly WorkerSelector[];
}

interface FactTable {
  JobReceived: JobFact;
  /** `job` has the queue, the priority and the attached selectors that were chosen. */
  JobClassified: JobFact & {
    readonly classificationPolicyId: ClassificationPolicyId;
    readonly queue: QueueView;
  };
  JobClassificationFailed: JobFact & {
    readonly classificationPolicyId: ClassificationPolicyId;
    readonly errors: readonly ClassificationError[];
  };
  /** `ruleKey` is the id the client gave the rule. */
  JobExceptionTriggered: JobFact & { readonly ruleKey: string; readonly exceptionRuleId: string };
  JobWorkerSelectorsExpired: JobFact & ExpiredSelectors;
  JobWaitingForActivation: JobFact &
    ExpiredSelectors & {
      /** Absent for a job that was suspended and never had a schedule. */
      readonly scheduledAt?: Instant;
      readonly unavailableForMatching: boolean;
    };
  JobSchedulingFailed: JobFact &
    ExpiredSelectors & { readonly scheduledAt: Instant; readonly failureReason: string };
  JobQueued: JobFact;
  JobCompleted: AssignmentFact;
  JobClosed: AssignmentFact & { readonly dispositionCode: string };
  JobCancelled: JobFact & { readonly dispositionCode: string; readonly note?: string };
  JobUnassigned: AssignmentFact;
  JobDeleted: JobFact;
  WorkerOfferIssued: OfferFact;
  WorkerOfferAccepted: OfferFact & { readonly assignmentId: AssignmentId };
  WorkerOfferDeclined: OfferFact;
  WorkerOfferRevoked: OfferFact;
  WorkerOfferExpired: OfferFact;
  WorkerRegistered: WorkerFact;
  WorkerUpdated: WorkerFact & { readonly updatedProperties: readonly WorkerProperty[] };
  WorkerDeregistered: WorkerFact;
  WorkerDeleted: WorkerFact;
}

export type FactType = keyof FactTable;
export type FactOf<Type extends FactType> = { readonly type: Type; readonly at: Instant } & FactTable[Type];
export type Fact = { [Type in FactType]: FactOf<Type> }[FactType];
