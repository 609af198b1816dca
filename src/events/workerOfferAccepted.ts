import type { AssignmentId, JobId, OfferId, WorkerId } from '../jobRouter/ids.ts';
import { channelId, id, jobPriority, labels, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

/** A worker took a job: from now on there is an assignment, and it holds the worker's capacity. */
export const workerOfferAccepted = dataOf('WorkerOfferAccepted')({
  offerId: readableOrAbsent(id<OfferId>()),
  assignmentId: id<AssignmentId>(),
  workerId: id<WorkerId>(),
  jobId: id<JobId>(),
  channelId,
  queueId,
  jobPriority,
  jobLabels: labels,
  workerLabels: labels,
});
