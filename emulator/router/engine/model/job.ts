import type { Instant } from '../../../clock/instant.ts';
import type { AssignmentId, ClassificationPolicyId, JobId, QueueId, WorkerId } from '../ids.ts';
import type { WorkerSelector } from './selectors.ts';
import type { Labels, Revision } from './values.ts';

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

export interface JobPositionView {
  readonly jobId: JobId;
  /** From 1. */
  readonly position: number;
  readonly queueId: QueueId;
  readonly queueLength: number;
  readonly estimatedWaitTimeMinutes?: number;
}
