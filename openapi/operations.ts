/** What is said about each endpoint, by its name. */
import type { Operation } from './operation.ts';
import { appOperations } from './operations/app.ts';
import { jobOperations } from './operations/jobs.ts';
import { parkedEventOperations } from './operations/parkedEvents.ts';
import { queueOperations } from './operations/queues.ts';
import { routingOperations } from './operations/routing.ts';
import { workerOperations } from './operations/workers.ts';

export const operations: Readonly<Record<string, Operation>> = {
  ...jobOperations,
  ...workerOperations,
  ...queueOperations,
  ...routingOperations,
  ...parkedEventOperations,
  ...appOperations,
};
