/** `job-router jobs get`. */
import { idFrom } from '../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import type { Job, JobPosition } from '../../src/jobRouter/wire.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { needed } from '../connection/routerFailure.ts';
import { sayJson } from '../terminal/say.ts';
import { sayMembers } from '../terminal/table.ts';
import { assignmentsOf } from './assignmentsOf.ts';

/** Shows a job. As JSON, it is as the service shows it, with `position` where it waits in a queue. */
export async function getJob(id: string, options: ConnectionOptions): Promise<number> {
  const { router } = await openRouter(options);
  const job = needed(await router.getJob(idFrom(id)), `job ${id}`);
  const position = job.status === 'queued' ? await positionOf(router, id) : undefined;
  if (options.json) sayJson({ ...job, ...(position && { position }) });
  else show(job, position);
  return 0;
}

/** Undefined where it left its queue in between. */
async function positionOf(router: JobRouter, id: string): Promise<JobPosition | undefined> {
  const answer = await router.getJobPosition(idFrom(id));
  if (answer.kind === 'refused' && answer.reason === 'notFound') return undefined;
  return needed(answer, `position of job ${id}`);
}

function show(job: Job, position: JobPosition | undefined): void {
  sayMembers([
    ['id', job.id],
    ['status', job.status],
    ['channel', job.channelId],
    ['reference', job.channelReference],
    ['queue', job.queueId],
    ['position', position && `${position.position} of ${position.queueLength}`],
    ['classification policy', job.classificationPolicyId],
    ['priority', job.priority],
    ['labels', job.labels],
    ['tags', job.tags],
    ['enqueued', job.enqueuedAt],
    ['scheduled', job.scheduledAt],
    ['disposition code', job.dispositionCode],
    ...(job.requestedWorkerSelectors ?? []).map(
      ({ key, labelOperator, value }) =>
        ['selector', `${key} ${labelOperator} ${JSON.stringify(value)}`] as const,
    ),
    ...assignmentsOf(job).map(
      ({ assignmentId, workerId, assignedAt, completedAt, closedAt }) =>
        [
          'assignment',
          [
            `${assignmentId}: ${workerId ?? '-'}, assigned ${assignedAt ?? '-'}`,
            ...(completedAt === undefined ? [] : [`completed ${completedAt}`]),
            ...(closedAt === undefined ? [] : [`closed ${closedAt}`]),
          ].join(', '),
        ] as const,
    ),
    ...(job.notes ?? []).map(({ message, addedAt }) => ['note', `${addedAt ?? '-'} ${message}`] as const),
  ]);
}
