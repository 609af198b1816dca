import type { AssignmentId, JobId, WorkerId } from '../jobRouter/ids.ts';
import { channelId, id, labels, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

/** The work is done. The worker's capacity stays taken until the assignment is closed. */
export const jobCompleted = dataOf('JobCompleted')({
  assignmentId: id<AssignmentId>(),
  workerId: readableOrAbsent(id<WorkerId>()),
  jobId: id<JobId>(),
  channelId,
  queueId,
  labels,
});
