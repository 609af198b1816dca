import type { Instant } from '../../clock/instant.ts';
import type { JobId, QueueId, WorkerId } from './ids.ts';
import { type Decline, type JobContent, type QueuedJob, queueOf } from './job.ts';
import type { WorkerSelector } from './model/selectors.ts';
import type { QueueBoard } from './queueBoard.ts';
import type { QueueVisit } from './queueVisit.ts';
import { activeOnes, type Signature, signatureOf } from './selectors.ts';

/** A queued job as its queue sees it: which workers can serve it, and who goes before whom. */
export interface QueuePlace {
  readonly jobId: JobId;
  readonly queueId: QueueId;
  /** Of that queue. At hand, because every step of a match needs it. */
  readonly board: QueueBoard;
  readonly signature: Signature;
  /** Documented: the larger one is served first. Jobs of one urgency are served by seniority. */
  readonly urgency: number;
  readonly enqueuedAt: Instant;
  readonly creationNumber: number;
  /** As it is now. Written by putJob.ts alone. */
  job: QueuedJob;
  /** Matching sees the job. This and `declines` are written by waiting.ts alone. */
  isWaiting: boolean;
  /** Who had declined the job when matching began to see it. */
  declines: ReadonlyMap<WorkerId, Decline>;
  visit: QueueVisit;
}

/** Worked out when a job enters a queue and when its content changes, and kept for as long as it stays the same. */
export function placeOf(job: QueuedJob, board: QueueBoard, visit: QueueVisit): QueuePlace {
  const selectors = activeSelectorsOf(job.content);
  return {
    jobId: job.id,
    queueId: queueOf(job),
    board,
    signature: signatureOf(job.content.channelId, selectors),
    urgency: urgencyOf(job.content.priority, selectors),
    enqueuedAt: job.state.enqueuedAt,
    creationNumber: job.creationNumber,
    job,
    isWaiting: false,
    declines: job.declines,
    visit,
  };
}

const activeSelectorsOf = ({ selectors, attachedSelectors }: JobContent): readonly WorkerSelector[] =>
  activeOnes(attachedSelectors.length === 0 ? selectors : [...selectors, ...attachedSelectors]);

export const isSamePlace = (a: QueuePlace, b: QueuePlace): boolean =>
  a.queueId === b.queueId &&
  a.signature.key === b.signature.key &&
  a.urgency === b.urgency &&
  a.enqueuedAt === b.enqueuedAt &&
  a.creationNumber === b.creationNumber;

/** More than priorities differ by, so that every expedited job goes before every other one. */
const EXPEDITED = 1_000;

/** Documented: expedite, then priority. */
const urgencyOf = (priority: number, selectors: readonly WorkerSelector[]): number =>
  selectors.some(({ expedite }) => expedite) ? EXPEDITED + priority : priority;

/** By urgency, then by seniority. */
export const goesBefore = (a: QueuePlace, b: QueuePlace): boolean =>
  a.urgency === b.urgency ? isOlder(a, b) : a.urgency > b.urgency;

/** Creation order breaks ties. */
export const isOlder = (a: QueuePlace, b: QueuePlace): boolean =>
  a.enqueuedAt === b.enqueuedAt ? a.creationNumber < b.creationNumber : a.enqueuedAt < b.enqueuedAt;
