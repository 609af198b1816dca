import type { JobId } from '../jobRouter/ids.ts';
import { channelId, forTheLog, id, jobPriority, labels, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';
import { workerSelectors } from './workerSelector.ts';

/** The job waits in its queue, for the first time or again. */
export const jobQueued = forTheLog(
  dataOf('JobQueued')({
    jobId: readableOrAbsent(id<JobId>()),
    channelId,
    queueId,
    priority: jobPriority,
    attachedWorkerSelectors: workerSelectors,
    requestedWorkerSelectors: workerSelectors,
    labels,
  }),
);
