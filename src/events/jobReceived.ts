import type { JobId } from '../jobRouter/ids.ts';
import { jobStatus } from './jobStatus.ts';
import { lenientDate } from './lenientDate.ts';
import { channelId, forTheLog, id, jobPriority, labels, queueId, readableOrAbsent, text } from './members.ts';
import { dataOf } from './published.ts';
import { workerSelectors } from './workerSelector.ts';

/** A job came in. */
export const jobReceived = forTheLog(
  dataOf('JobReceived')({
    jobId: readableOrAbsent(id<JobId>()),
    jobStatus,
    channelId,
    queueId,
    classificationPolicyId: text,
    priority: jobPriority,
    requestedWorkerSelectors: workerSelectors,
    scheduledOn: lenientDate.optional(),
    labels,
  }),
);
