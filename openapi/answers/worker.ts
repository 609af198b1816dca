import * as z from 'zod';
import { worker as heldWorker } from '../../src/jobRouter/wire.ts';
import { pageOf } from './page.ts';

/** A worker as the router holds it. */
export const worker = heldWorker.meta({
  id: 'Worker',
  description: 'A worker as Job Router holds it, with its offers and assignments.',
});

/** A page of workers. */
export const workerPage = pageOf(worker).meta({ id: 'WorkerPage' });

/** An offer that was accepted. */
export const acceptedOffer = z
  .looseObject({ assignmentId: z.string(), jobId: z.string(), workerId: z.string() })
  .meta({ id: 'AcceptedOffer' });
