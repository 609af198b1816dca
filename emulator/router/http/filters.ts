/** What a listing can be narrowed to. All filters of a request must hold; the defaults let everything through. */
import * as z from 'zod';
import type { WorkerId } from '../engine/ids.ts';
import type { JobStatus, JobView } from '../engine/model/job.ts';
import type { WorkerView } from '../engine/model/worker.ts';
import { decode } from './decode.ts';
import { timestamp } from './timestamp.ts';

type Parameters = Readonly<Record<string, string>>;

const CLOSED_STATUSES = ['closed', 'cancelled'] as const satisfies readonly JobStatus[];
/** By the documentation's wording a job that is only `created` is not active yet. */
const ACTIVE_STATUSES = [
  'pendingClassification',
  'queued',
  'assigned',
  'classificationFailed',
  'completed',
  'pendingSchedule',
  'scheduled',
  'scheduleFailed',
  'waitingForActivation',
] as const satisfies readonly JobStatus[];

const jobParameters = z.lazy(() =>
  z.object({
    status: z.enum(['all', 'active', 'created', ...ACTIVE_STATUSES, ...CLOSED_STATUSES]).default('all'),
    queueId: z.string().optional(),
    channelId: z.string().optional(),
    classificationPolicyId: z.string().optional(),
    scheduledBefore: timestamp.optional(),
    scheduledAfter: timestamp.optional(),
  }),
);

const isActive = ({ status }: JobView): boolean => ACTIVE_STATUSES.some((active) => active === status);

/** Both bounds are inclusive, and leave out jobs without a schedule (recorded). */
function isScheduledWithin(job: JobView, before: number | undefined, after: number | undefined): boolean {
  if (before === undefined && after === undefined) return true;
  if (job.matchingMode.kind !== 'scheduleAndSuspend') return false;
  const { scheduleAt } = job.matchingMode;
  return scheduleAt <= (before ?? scheduleAt) && scheduleAt >= (after ?? scheduleAt);
}

export function jobFilter(parameters: Parameters): (job: JobView) => boolean {
  const wanted = decode(jobParameters, parameters);
  const { status, queueId, channelId, classificationPolicyId } = wanted;
  return (job) =>
    (status === 'all' || job.status === status || (status === 'active' && isActive(job))) &&
    (queueId === undefined || job.queueId === queueId) &&
    (channelId === undefined || job.channelId === channelId) &&
    (classificationPolicyId === undefined || job.classificationPolicyId === classificationPolicyId) &&
    isScheduledWithin(job, wanted.scheduledBefore, wanted.scheduledAfter);
}

const workerParameters = z.lazy(() =>
  z.object({
    state: z.enum(['all', 'active', 'draining', 'inactive']).default('all'),
    queueId: z.string().optional(),
    channelId: z.string().optional(),
    /** False lets workers without room through as well (recorded). */
    hasCapacity: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  }),
);

type HasRoom = (id: WorkerId, channelId?: string) => boolean;

export function workerFilter(parameters: Parameters, hasRoom: HasRoom): (worker: WorkerView) => boolean {
  const { state, queueId, channelId, hasCapacity } = decode(workerParameters, parameters);
  return (worker) =>
    (state === 'all' || worker.state === state) &&
    (queueId === undefined || worker.queues.some((queue) => queue === queueId)) &&
    (channelId === undefined || worker.channels.some((channel) => channel.channelId === channelId)) &&
    (!hasCapacity || hasRoom(worker.id, channelId));
}
