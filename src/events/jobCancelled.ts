import type { JobId } from '../jobRouter/ids.ts';
import { channelId, id, labels, queueId } from './members.ts';
import { dataOf } from './published.ts';

/** The job was given up, before or after somebody took it. The event does not name a worker. */
export const jobCancelled = dataOf('JobCancelled')({ jobId: id<JobId>(), channelId, queueId, labels });
