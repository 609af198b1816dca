/**
 * The resources of Job Router as api-version 2023-11-01 sends them, as far as the app reads or writes them.
 * Members we do not know are let through: the service adds some between versions.
 */
import * as z from 'zod';

/** Where we guessed: how long an id may be is not published. */
const LONGEST_ID = 512;

/**
 * What may name a resource. A colon is the documented exception: it separates the action in a path. "." and
 * ".." would leave the path they stand in, as every URL parser resolves them.
 */
export const resourceId = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .regex(/^(?!\.{1,2}$)[^:]*$/, { error: 'expected an id without a colon, other than "." and ".."' })
  // Half of a surrogate pair has no bytes in UTF-8, so it cannot stand in an address.
  .refine((id) => id.isWellFormed(), { error: 'expected an id of whole Unicode characters' });

/** Label, tag and selector values keep the JSON type they came with. */
export const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'expected a string, a number or a boolean',
});

/** Labels, tags and the labels of a rule: by key. */
export const labels = z.record(z.string(), scalar);
export type Labels = z.infer<typeof labels>;

const workerSelector = z.looseObject({
  key: z.string(),
  labelOperator: z.string(),
  // Not a scalar only: an object was accepted and echoed once, and reading a job must not fail for it.
  value: z.unknown().optional(),
  expiresAfterSeconds: z.number().optional(),
  expedite: z.boolean().optional(),
});

const assignment = z.looseObject({
  assignmentId: z.string(),
  workerId: z.string().optional(),
  assignedAt: z.string().optional(),
  completedAt: z.string().optional(),
  closedAt: z.string().optional(),
});

/** A policy as the router holds it. */
export const distributionPolicy = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  offerExpiresAfterSeconds: z.number().optional(),
  mode: z
    .looseObject({
      kind: z.string(),
      minConcurrentOffers: z.number().optional(),
      maxConcurrentOffers: z.number().optional(),
      bypassSelectors: z.boolean().optional(),
    })
    .optional(),
});
export type DistributionPolicy = z.infer<typeof distributionPolicy>;

/** A queue as the router holds it. */
export const queue = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  distributionPolicyId: z.string().optional(),
  labels: labels.optional(),
  etag: z.string().optional(),
});
export type Queue = z.infer<typeof queue>;

/** A worker as the router holds it. */
export const worker = z.looseObject({
  id: z.string(),
  state: z.string().optional(),
  capacity: z.number().optional(),
  queues: z.array(z.string()).optional(),
  labels: labels.optional(),
  tags: labels.optional(),
  channels: z
    .array(
      z.looseObject({
        channelId: z.string(),
        capacityCostPerJob: z.number(),
        maxNumberOfJobs: z.number().optional(),
      }),
    )
    .optional(),
  availableForOffers: z.boolean().optional(),
  loadRatio: z.number().optional(),
  offers: z
    .array(
      z.looseObject({
        offerId: z.string(),
        jobId: z.string(),
        offeredAt: z.string().optional(),
        expiresAt: z.string().optional(),
      }),
    )
    .optional(),
  assignedJobs: z.array(z.looseObject({ assignmentId: z.string(), jobId: z.string() })).optional(),
  etag: z.string().optional(),
});
export type Worker = z.infer<typeof worker>;

/** A job as the router holds it. */
export const job = z.looseObject({
  id: z.string(),
  status: z.string().optional(),
  channelId: z.string().optional(),
  channelReference: z.string().optional(),
  queueId: z.string().optional(),
  classificationPolicyId: z.string().optional(),
  enqueuedAt: z.string().optional(),
  scheduledAt: z.string().optional(),
  matchingMode: z.looseObject({ kind: z.string() }).optional(),
  priority: z.number().optional(),
  dispositionCode: z.string().optional(),
  requestedWorkerSelectors: z.array(workerSelector).optional(),
  labels: labels.optional(),
  tags: labels.optional(),
  assignments: z.record(z.string(), assignment).optional(),
  notes: z.array(z.looseObject({ message: z.string(), addedAt: z.string().optional() })).optional(),
  etag: z.string().optional(),
});
export type Job = z.infer<typeof job>;

/** Where a job stands in its queue, counted from 1. Without history there is no estimate (recorded). */
export const jobPosition = z.looseObject({
  jobId: z.string(),
  queueId: z.string(),
  position: z.number(),
  queueLength: z.number(),
  estimatedWaitTimeMinutes: z.number().optional(),
});
export type JobPosition = z.infer<typeof jobPosition>;

/** How it goes in a queue. Estimates are by priority; without history there are none. */
export const queueStatistics = z.looseObject({
  queueId: z.string(),
  length: z.number(),
  estimatedWaitTimeMinutes: z.record(z.string(), z.number()).optional(),
  longestJobWaitTimeMinutes: z.number().optional(),
});
export type QueueStatistics = z.infer<typeof queueStatistics>;
