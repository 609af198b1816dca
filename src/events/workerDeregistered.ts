import type { WorkerId } from '../jobRouter/ids.ts';
import { id } from './members.ts';
import { dataOf } from './published.ts';

/** The worker went off duty: by itself, or because an offer to it expired. */
export const workerDeregistered = dataOf('WorkerDeregistered')({ workerId: id<WorkerId>() });
