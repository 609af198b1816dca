/** `job-router queues list` and `get`. */
import { idFrom, type QueueId } from '../../src/jobRouter/ids.ts';
import type { AnyResource } from '../../src/jobRouter/resources.ts';
import type { QueueStatistics } from '../../src/jobRouter/wire.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { listed } from '../connection/listed.ts';
import { openRouter } from '../connection/openRouter.ts';
import { needed } from '../connection/routerFailure.ts';
import { sayJson } from '../terminal/say.ts';
import { type Column, sayMembers, sayTable } from '../terminal/table.ts';

interface ListOptions extends ConnectionOptions {
  readonly limit: number;
}

const columns: readonly Column<AnyResource>[] = [
  ['ID', ({ id }) => id],
  ['NAME', ({ name }) => name],
  ['DISTRIBUTION POLICY', ({ distributionPolicyId }) => distributionPolicyId],
  ['EXCEPTION POLICY', ({ exceptionPolicyId }) => exceptionPolicyId],
  ['LABELS', ({ labels }) => labels],
];

/** Lists queues. As JSON, they are whole, as the service shows them. */
export async function listQueues({ limit, ...options }: ListOptions): Promise<number> {
  const { router } = await openRouter(options);
  const { list } = router.resources('queues');
  const queues = await listed('queues', limit, (next) => list({}, next));
  if (options.json) sayJson(queues);
  else sayTable(queues, columns, 'There are no queues.');
  return 0;
}

/** Shows a queue. As JSON, it is as the service shows it, with `statistics`. */
export async function getQueue(id: string, options: ConnectionOptions): Promise<number> {
  const { router } = await openRouter(options);
  const queueId = idFrom<QueueId>(id);
  const [queueAnswer, statisticsAnswer] = await Promise.all([
    router.resources('queues').get(id),
    router.getQueueStatistics(queueId),
  ]);
  const queue = needed(queueAnswer, `queue ${id}`);
  const statistics = needed(statisticsAnswer, `queue ${id}`);
  if (options.json) sayJson({ ...queue, statistics });
  else show(queue, statistics);
  return 0;
}

function show(queue: AnyResource, statistics: QueueStatistics): void {
  const { length, longestJobWaitTimeMinutes, estimatedWaitTimeMinutes = {} } = statistics;
  sayMembers([
    ['id', queue.id],
    ['name', queue.name],
    ['distribution policy', queue.distributionPolicyId],
    ['exception policy', queue.exceptionPolicyId],
    ['labels', queue.labels],
    ['jobs waiting', length],
    ['longest wait', longestJobWaitTimeMinutes && `${longestJobWaitTimeMinutes.toFixed(1)} minutes`],
    ...Object.entries(estimatedWaitTimeMinutes).map(
      ([priority, minutes]) => ['estimated wait', `${minutes} minutes at priority ${priority}`] as const,
    ),
  ]);
}
