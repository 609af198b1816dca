import type { JobId } from '../jobRouter/ids.ts';
import { channelId, forTheLog, id, labels, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

/** The job is no longer kept. */
export const jobDeleted = forTheLog(
  dataOf('JobDeleted')({ jobId: readableOrAbsent(id<JobId>()), channelId, queueId, labels }),
);
