import * as z from 'zod';
import type { WorkerId } from '../jobRouter/ids.ts';
import { forTheLog, id, labels, readableOnes, readableOrAbsent } from './members.ts';
import { dataOf } from './published.ts';

const workerId = readableOrAbsent(id<WorkerId>());
const totalCapacity = readableOrAbsent(z.number());

/** The worker came on duty. */
export const workerRegistered = forTheLog(dataOf('WorkerRegistered')({ workerId, totalCapacity, labels }));

/**
 * Something about a worker on duty changed. Missing from the documentation; in the typings, and handled by a live tool.
 */
export const workerUpdated = forTheLog(
  dataOf('WorkerUpdated')({
    workerId,
    totalCapacity,
    labels,
    updatedWorkerProperties: readableOnes(z.string()),
  }),
);

/**
 * The worker is no longer kept. The typings give the event members of a job, the documentation those of a registered
 * worker: they agree on the id only.
 */
export const workerDeleted = forTheLog(dataOf('WorkerDeleted')({ workerId }));
