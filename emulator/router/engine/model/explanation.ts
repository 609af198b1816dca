/** Why somebody was offered a job, or was not. */
import type { JobId, QueueId, WorkerId } from '../ids.ts';
import type { JobStatus } from './job.ts';
import type { WorkerSelector } from './selectors.ts';
import type { Scalar } from './values.ts';

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
