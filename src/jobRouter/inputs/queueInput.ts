import * as z from 'zod';
import { labels } from '../wire.ts';

/** A queue as it may be written. */
export const queueInput = z.strictObject({
  name: z.string().optional(),
  distributionPolicyId: z.string().min(1),
  labels: labels
    .optional()
    .describe('What queue selectors look at. The router adds Id, the id of the queue.'),
  exceptionPolicyId: z.string().min(1).optional(),
});
export type QueueInput = z.infer<typeof queueInput>;
