import type { JobId } from '../jobRouter/ids.ts';
import { channelId, id, labels, queueId, text } from './members.ts';
import { dataOf } from './published.ts';

/** An exception policy acted on a job that waited too long, or behind too many. */
export const jobExceptionTriggered = dataOf('JobExceptionTriggered')({
  jobId: id<JobId>(),
  channelId,
  queueId,
  ruleKey: text,
  exceptionRuleId: text,
  labels,
});
