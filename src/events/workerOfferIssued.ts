import type { JobId, OfferId, WorkerId } from '../jobRouter/ids.ts';
import { lenientDate } from './lenientDate.ts';
import { channelId, id, jobPriority, labels, queueId } from './members.ts';
import { dataOf } from './published.ts';

/** A worker was offered a job and has until `expiresOn` to accept it. */
export const workerOfferIssued = dataOf('WorkerOfferIssued')({
  offerId: id<OfferId>(),
  workerId: id<WorkerId>(),
  jobId: id<JobId>(),
  channelId,
  queueId,
  jobPriority,
  jobLabels: labels,
  workerLabels: labels,
  expiresOn: lenientDate.optional(),
});
