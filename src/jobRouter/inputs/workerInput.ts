import * as z from 'zod';
import { labels } from '../wire.ts';

const channelInput = z.strictObject({
  channelId: z.string().min(1),
  capacityCostPerJob: z.int32().min(0).describe('What a job of the channel takes of the capacity.'),
  maxNumberOfJobs: z.int32().min(1).optional().describe('Absent: as many as the capacity allows.'),
});

/** A worker as it may be written. */
export const workerInput = z.strictObject({
  capacity: z.int32().min(0).describe('For the jobs of all channels together.'),
  queues: z.array(z.string().min(1)).optional(),
  labels: labels
    .optional()
    .describe('What worker selectors look at. The router adds Id, the id of the worker.'),
  tags: labels.optional().describe('Not looked at by anybody.'),
  channels: z.array(channelInput).optional(),
  availableForOffers: z.boolean().optional().describe('Whether the worker is on duty. Default: false.'),
});
export type WorkerInput = z.infer<typeof workerInput>;
