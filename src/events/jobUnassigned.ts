import type { AssignmentId, JobId, WorkerId } from '../jobRouter/ids.ts';
import { channelId, id, labels, queueId, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

/** The job was taken from the worker who had it, and waits again. */
export const jobUnassigned = dataOf('JobUnassigned')({
  assignmentId: readableOrAbsent(id<AssignmentId>()),
  workerId: readableOrAbsent(id<WorkerId>()),
  jobId: id<JobId>(),
  channelId,
  queueId,
  labels,
});
