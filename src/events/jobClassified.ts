import type { JobId } from '../jobRouter/ids.ts';
import { channelId, forTheLog, id, jobPriority, labels, queueId, readableOrAbsent, text } from './members.ts';
import { dataOf } from './published.ts';
import { workerSelectors } from './workerSelector.ts';

/** A policy found the job's queue, priority and selectors. */
export const jobClassified = forTheLog(
  dataOf('JobClassified')({
    jobId: readableOrAbsent(id<JobId>()),
    channelId,
    queueId,
    classificationPolicyId: text,
    priority: jobPriority,
    attachedWorkerSelectors: workerSelectors,
    labels,
  }),
);
