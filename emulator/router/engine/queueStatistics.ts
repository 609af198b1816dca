import type { Instant } from '../../clock/instant.ts';
import type { JobId, QueueId } from './ids.ts';
import { isIn } from './job.ts';
import type { JobPositionView } from './model/job.ts';
import type { QueueStatisticsView } from './model/queue.ts';
import { known, type Store } from './store.ts';

const MILLISECONDS_PER_MINUTE = 60_000;

/** What is known about a queue's waits; how an estimate comes about is told in waitHistory.ts. */
export function queueStatistics(
  store: Store,
  queueId: QueueId,
  now: Instant,
): QueueStatisticsView | undefined {
  const board = store.boards.get(queueId);
  if (!board) return undefined;
  const { line, waits, statisticsRevision } = board;
  const estimates = waits.estimates();
  const oldest = line.oldestEnqueuedAt();
  return {
    queueId,
    length: line.length,
    ...(estimates.length > 0 && { estimatedWaitTimeMinutes: Object.fromEntries(estimates) }),
    ...(oldest !== undefined && { longestJobWaitTimeMinutes: (now - oldest) / MILLISECONDS_PER_MINUTE }),
    revision: statisticsRevision,
  };
}

/** Where a queued job stands. Where we guessed: a job with open offers still counts as being in its queue. */
export function jobPosition(store: Store, jobId: JobId): JobPositionView | undefined {
  const job = store.jobs.get(jobId);
  if (!job || !isIn(job, 'queued')) return undefined;
  const place = known(store.places, jobId);
  const { line, waits } = place.board;
  const estimatedWaitTimeMinutes = waits.estimatedMinutes(job.content.priority);
  return {
    jobId,
    position: line.positionOf(place),
    queueId: place.queueId,
    queueLength: line.length,
    ...(estimatedWaitTimeMinutes !== undefined && { estimatedWaitTimeMinutes }),
  };
}
