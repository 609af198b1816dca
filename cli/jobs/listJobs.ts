/** `job-router jobs list`. */
import type { Job } from '../../src/jobRouter/wire.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { listed } from '../connection/listed.ts';
import { openRouter } from '../connection/openRouter.ts';
import { sayJson } from '../terminal/say.ts';
import { type Column, sayTable } from '../terminal/table.ts';
import { assignmentsOf } from './assignmentsOf.ts';

interface ListOptions extends ConnectionOptions {
  readonly status?: string;
  readonly queue?: string;
  readonly channel?: string;
  readonly limit: number;
}

const columns: readonly Column<Job>[] = [
  ['ID', ({ id }) => id],
  ['STATUS', ({ status }) => status],
  ['CHANNEL', ({ channelId }) => channelId],
  ['QUEUE', ({ queueId }) => queueId],
  ['PRIORITY', ({ priority }) => priority],
  ['WORKER', (job) => assignmentsOf(job).at(-1)?.workerId],
  ['ENQUEUED', ({ enqueuedAt }) => enqueuedAt],
];

/** Lists jobs. As JSON, they are whole, as the service shows them. */
export async function listJobs({ status, queue, channel, limit, ...options }: ListOptions): Promise<number> {
  const { router } = await openRouter(options);
  const query = {
    ...(status !== undefined && { status }),
    ...(queue !== undefined && { queueId: queue }),
    ...(channel !== undefined && { channelId: channel }),
  };
  const jobs = await listed('jobs', limit, (next) => router.listJobs(query, next));
  if (options.json) sayJson(jobs);
  else sayTable(jobs, columns, 'There are no such jobs.');
  return 0;
}
