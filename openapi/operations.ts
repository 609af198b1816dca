/** What is said about each endpoint, by its name. */
import type { Operation } from './operation.ts';
import { appOperations } from './operations/app.ts';
import { jobOperations } from './operations/jobs.ts';
import { parkedEventOperations } from './operations/parkedEvents.ts';
import { routingOperations } from './operations/routing.ts';

export const operations: Readonly<Record<string, Operation>> = {
  ...jobOperations,
  ...routingOperations,
  ...parkedEventOperations,
  ...appOperations,
};
