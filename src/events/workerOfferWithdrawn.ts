import type { JobId, OfferId, WorkerId } from '../jobRouter/ids.ts';
import { channelId, forTheLog, id, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

const offer = {
  offerId: readableOrAbsent(id<OfferId>()),
  workerId: readableOrAbsent(id<WorkerId>()),
  jobId: readableOrAbsent(id<JobId>()),
  channelId,
  queueId,
};

/** The worker does not want the job. */
export const workerOfferDeclined = forTheLog(dataOf('WorkerOfferDeclined')(offer));

/** The router took the offer back, mostly because somebody else accepted. */
export const workerOfferRevoked = forTheLog(dataOf('WorkerOfferRevoked')(offer));
