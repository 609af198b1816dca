import type { JobId } from '../jobRouter/ids.ts';
import { lenientDate } from './lenientDate.ts';
import { channelId, id, jobPriority, labels, queueId, text } from './members.ts';
import { dataOf } from './published.ts';

/** The job could not be kept for the time it was scheduled for. */
export const jobSchedulingFailed = dataOf('JobSchedulingFailed')({
  jobId: id<JobId>(),
  channelId,
  queueId,
  priority: jobPriority,
  scheduledOn: lenientDate.optional(),
  failureReason: text,
  labels,
});
