import type { JobId } from '../jobRouter/ids.ts';
import { communicationErrors } from './communicationError.ts';
import { channelId, id, labels, queueId, text } from './members.ts';
import { dataOf } from './published.ts';

/** A policy found no queue for the job, which now waits for somebody. */
export const jobClassificationFailed = dataOf('JobClassificationFailed')({
  jobId: id<JobId>(),
  channelId,
  queueId,
  classificationPolicyId: text,
  errors: communicationErrors,
  labels,
});
