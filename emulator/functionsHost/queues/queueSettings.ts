/** What host.json says about queue triggers, with the storage extension's own defaults. */
import * as z from 'zod';

const timeSpan = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'expected a time span such as 00:00:30')
  .transform((text) => text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0));

export const queueSettings = z
  .looseObject({
    /** How seldom an empty queue is asked. */
    maxPollingInterval: timeSpan.default(60),
    /** For how long a message that failed is left alone. */
    visibilityTimeout: timeSpan.default(0),
    batchSize: z.int().min(1).max(32).default(16),
    /** How often a message may fail before it goes into the poison queue. */
    maxDequeueCount: z.int().min(1).default(5),
    newBatchThreshold: z.int().min(0).optional(),
    messageEncoding: z.literal('base64', 'this host reads base64 messages only').default('base64'),
  })
  .transform((given) => ({
    maxPollingIntervalSeconds: given.maxPollingInterval,
    visibilityTimeoutSeconds: given.visibilityTimeout,
    batchSize: given.batchSize,
    maxDequeueCount: given.maxDequeueCount,
    /** No further messages are fetched while more than this many are being handled. */
    newBatchThreshold: given.newBatchThreshold ?? Math.floor(given.batchSize / 2),
  }));
export type QueueSettings = z.infer<typeof queueSettings>;
