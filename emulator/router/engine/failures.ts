/** Every refusal the engine can answer with. No status codes here: emulator/router/http/errors.ts owns those. */
import type { AssignmentId, JobId, OfferId, WorkerId } from './ids.ts';
import type { JobStatus } from './model/job.ts';

/** `fallbackQueue`: of a classification policy. In the order in which the service lists them. */
export type QueueInUseReason = 'activeJob' | 'assignedWorker' | 'fallbackQueue';

export type EngineFailure =
  /** A member of the request is missing, out of range, or names something that does not exist. */
  | {
      readonly kind: 'invalid';
      readonly problems: readonly { readonly member: string; readonly message: string }[];
    }
  /** The resource that a command is about does not exist. */
  | { readonly kind: 'notFound' }
  /** The offer expired, was revoked, declined or accepted, or never existed. */
  | {
      readonly kind: 'offerNotFound';
      readonly operation: 'accept' | 'decline';
      readonly offerId: OfferId;
      readonly workerId: WorkerId;
    }
  /** Another worker accepted the job first. */
  | { readonly kind: 'jobTaken'; readonly jobId: JobId; readonly offerId: OfferId }
  | { readonly kind: 'assignmentNotFound'; readonly jobId: JobId; readonly assignmentId: AssignmentId }
  /** The job's status does not allow the operation. */
  | {
      readonly kind: 'wrongStatus';
      readonly operation: 'complete' | 'close' | 'unassign' | 'cancel' | 'update' | 'reclassify';
      readonly jobId: JobId;
      readonly status: JobStatus;
    }
  /** The job has no classification policy that could classify it again. */
  | { readonly kind: 'noClassificationPolicy'; readonly jobId: JobId }
  | { readonly kind: 'classificationPolicyInUse' }
  | { readonly kind: 'distributionPolicyInUse' }
  | { readonly kind: 'exceptionPolicyInUse' }
  | { readonly kind: 'queueInUse'; readonly reasons: readonly QueueInUseReason[] }
  | { readonly kind: 'workerHasAssignments' }
  | { readonly kind: 'jobStillActive' };
