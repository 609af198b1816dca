/** `job-router workers list` and `get`. */
import { idFrom } from '../../src/jobRouter/ids.ts';
import type { WorkerQuery } from '../../src/jobRouter/jobRouter.ts';
import type { Worker } from '../../src/jobRouter/wire.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { listed } from '../connection/listed.ts';
import { openRouter } from '../connection/openRouter.ts';
import { needed } from '../connection/routerFailure.ts';
import { sayJson } from '../terminal/say.ts';
import { type Column, sayMembers, sayTable } from '../terminal/table.ts';

interface ListOptions extends ConnectionOptions {
  readonly state: NonNullable<WorkerQuery['state']>;
  readonly queue?: string;
  readonly channel?: string;
  readonly limit: number;
}

const columns: readonly Column<Worker>[] = [
  ['ID', ({ id }) => id],
  ['STATE', ({ state }) => state],
  ['AVAILABLE', ({ availableForOffers }) => (availableForOffers ? 'yes' : 'no')],
  ['CAPACITY', ({ capacity }) => capacity],
  ['LOAD', ({ loadRatio }) => loadRatio],
  ['OFFERS', ({ offers = [] }) => offers.length],
  ['JOBS', ({ assignedJobs = [] }) => assignedJobs.length],
  ['QUEUES', ({ queues }) => queues],
];

/** Lists workers. As JSON, they are whole, as the service shows them. */
export async function listWorkers({
  state,
  queue,
  channel,
  limit,
  ...options
}: ListOptions): Promise<number> {
  const { router } = await openRouter(options);
  const query = {
    state,
    ...(queue !== undefined && { queueId: queue }),
    ...(channel !== undefined && { channelId: channel }),
  };
  const workers = await listed('workers', limit, (next) => router.listWorkers(query, next));
  if (options.json) sayJson(workers);
  else sayTable(workers, columns, 'There are no such workers.');
  return 0;
}

/** Shows a worker. As JSON, it is as the service shows it. */
export async function getWorker(id: string, options: ConnectionOptions): Promise<number> {
  const { router } = await openRouter(options);
  const worker = needed(await router.getWorker(idFrom(id)), `worker ${id}`);
  if (options.json) sayJson(worker);
  else showWorker(worker);
  return 0;
}

/** What is known of a worker, for people. */
export const showWorker = (worker: Worker): void =>
  sayMembers([
    ['id', worker.id],
    ['state', worker.state],
    ['available', worker.availableForOffers ? 'yes' : 'no'],
    ['capacity', worker.capacity],
    ['load ratio', worker.loadRatio],
    ['queues', worker.queues],
    ['labels', worker.labels],
    ['tags', worker.tags],
    ...(worker.channels ?? []).map(
      ({ channelId, capacityCostPerJob, maxNumberOfJobs }) =>
        [
          'channel',
          `${channelId}: costs ${capacityCostPerJob}${maxNumberOfJobs === undefined ? '' : `, at most ${maxNumberOfJobs} jobs`}`,
        ] as const,
    ),
    ...(worker.offers ?? []).map(
      ({ offerId, jobId, expiresAt }) =>
        ['offer', `${offerId}: job ${jobId}, expires ${expiresAt ?? '-'}`] as const,
    ),
    ...(worker.assignedJobs ?? []).map(
      ({ assignmentId, jobId }) => ['assignment', `${assignmentId}: job ${jobId}`] as const,
    ),
  ]);
