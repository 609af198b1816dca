import type { DistributionPolicyId, ExceptionPolicyId, QueueId } from '../ids.ts';
import type { Labels, Revision } from './values.ts';

export interface QueueView {
  readonly id: QueueId;
  readonly name?: string;
  readonly distributionPolicyId: DistributionPolicyId;
  /** Ends with the automatic label Id. */
  readonly labels: Labels;
  readonly exceptionPolicyId?: ExceptionPolicyId;
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
  /** Of the statistics: it moves when a job comes into the queue or leaves it. */
  readonly revision: Revision;
}
