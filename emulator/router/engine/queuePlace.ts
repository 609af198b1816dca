import type { Instant } from '../../clock/instant.ts';
import type { JobId, QueueId, WorkerId } from './ids.ts';
import { type Decline, type JobContent, type QueuedJob, queueOf } from './job.ts';
import type { WorkerSelector } from './model.ts';
import { activeOnes, type Signature, signatureOf } from './selectors.ts';

/** A queued job as its queue sees it: which workers can serve it, and who goes before whom. */
export interface QueuePlace {
  readonly jobId: JobId;
  readonly queueId: QueueId;
  readonly signature: Signature;
  readonly isExpedited: boolean;
  readonly priority: number;
  readonly enqueuedAt: Instant;
  readonly creationNumber: number;
  /** Who had declined the job when matching began to see it. */
  readonly declines: ReadonlyMap<WorkerId, Decline>;
  /** Matching sees the job. Written by waiting.ts alone. */
  isWaiting: boolean;
}

/** Worked out when a job enters a queue and when its content changes, and kept for as long as it stays the same. */
export function placeOf(job: QueuedJob): QueuePlace {
  const selectors = activeSelectorsOf(job.content);
  return {
    jobId: job.id,
    queueId: queueOf(job),
    signature: signatureOf(job.content.channelId, selectors),
    isExpedited: selectors.some(({ expedite }) => expedite),
    priority: job.content.priority,
    enqueuedAt: job.state.enqueuedAt,
    creationNumber: job.creationNumber,
    declines: job.declines,
    isWaiting: false,
  };
}

const activeSelectorsOf = ({ selectors, attachedSelectors }: JobContent): readonly WorkerSelector[] =>
  activeOnes(attachedSelectors.length === 0 ? selectors : [...selectors, ...attachedSelectors]);

export const isSamePlace = (a: QueuePlace, b: QueuePlace): boolean =>
  a.queueId === b.queueId &&
  a.signature.key === b.signature.key &&
  a.isExpedited === b.isExpedited &&
  a.priority === b.priority &&
  a.enqueuedAt === b.enqueuedAt &&
  a.creationNumber === b.creationNumber;

/** Documented: expedite, then priority, larger first, then seniority. Creation order breaks ties. */
export function goesBefore(a: QueuePlace, b: QueuePlace): boolean {
  if (a.isExpedited !== b.isExpedited) return a.isExpedited;
  if (a.priority !== b.priority) return a.priority > b.priority;
  if (a.enqueuedAt !== b.enqueuedAt) return a.enqueuedAt < b.enqueuedAt;
  return a.creationNumber < b.creationNumber;
}
