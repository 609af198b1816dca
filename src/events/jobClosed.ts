import type { AssignmentId, JobId, WorkerId } from '../jobRouter/ids.ts';
import { channelId, id, labels, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

/** The job came to its end and the worker is free. */
export const jobClosed = dataOf('JobClosed')({
  assignmentId: readableOrAbsent(id<AssignmentId>()),
  workerId: readableOrAbsent(id<WorkerId>()),
  jobId: id<JobId>(),
  channelId,
  queueId,
  labels,
});
