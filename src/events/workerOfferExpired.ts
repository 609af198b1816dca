import type { JobId, OfferId, WorkerId } from '../jobRouter/ids.ts';
import { channelId, id, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

/** Nobody answered the offer in time, and its worker is off duty for it (documented). */
export const workerOfferExpired = dataOf('WorkerOfferExpired')({
  offerId: readableOrAbsent(id<OfferId>()),
  workerId: id<WorkerId>(),
  jobId: readableOrAbsent(id<JobId>()),
  channelId,
  queueId,
});
