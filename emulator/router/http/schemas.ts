/**
 * What clients may send in bodies. Unknown and read-only members are dropped without a word, as the service
 * does; null is allowed wherever merge patch gives it a meaning; what the service knows and this emulator
 * does not is refused by name. Whether a value makes sense is the engine's business, not this file's.
 */
import { z } from 'zod';
import type {
  DistributionPolicyPatch,
  JobPatch,
  LabelsPatch,
  QueuePatch,
  SelectorInput,
  WorkerPatch,
} from '../engine/commands.ts';
import { type DistributionPolicyId, idFrom, type QueueId } from '../engine/ids.ts';
import type { Channel, MatchingMode } from '../engine/model.ts';
import { kindOf, notYet, withoutNulls } from './decode.ts';
import { timestamp } from './timestamp.ts';

const queueId = z.string().transform((text): QueueId => idFrom(text));
const distributionPolicyId = z.string().transform((text): DistributionPolicyId => idFrom(text));

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be a string, a number or a boolean',
});
const labels: z.ZodType<LabelsPatch> = z.record(z.string(), scalar.nullable());

export const distributionPolicyPatch: z.ZodType<DistributionPolicyPatch> = z.object({
  name: z.string().nullish(),
  offerExpiresAfterSeconds: z.number().nullish(),
  mode: z
    .object({
      kind: kindOf(['longestIdle', 'roundRobin'], {
        bestWorker: 'the distribution mode bestWorker',
      }).nullish(),
      minConcurrentOffers: z.int32().nullish(),
      maxConcurrentOffers: z.int32().nullish(),
      bypassSelectors: z.boolean().nullish(),
    })
    .nullish(),
});

export const queuePatch: z.ZodType<QueuePatch> = z.object({
  name: z.string().nullish(),
  distributionPolicyId: distributionPolicyId.nullish(),
  labels: labels.nullish(),
  exceptionPolicyId: notYet('exception policies (exceptionPolicyId on a queue)'),
});

const channel: z.ZodType<Channel> = withoutNulls(
  z.object({
    channelId: z.string(),
    capacityCostPerJob: z.int32(),
    maxNumberOfJobs: z.int32().exactOptional(),
  }),
);

export const workerPatch: z.ZodType<WorkerPatch> = z.object({
  queues: z.array(queueId).nullish(),
  capacity: z.int32().nullish(),
  labels: labels.nullish(),
  tags: labels.nullish(),
  channels: z.array(channel).nullish(),
  availableForOffers: z.boolean().nullish(),
  maxConcurrentOffers: notYet('maxConcurrentOffers on a worker (2024-01-18-preview)'),
});

const selector: z.ZodType<SelectorInput> = withoutNulls(
  z.object({
    key: z.string(),
    labelOperator: z.enum([
      'equal',
      'notEqual',
      'lessThan',
      'lessThanOrEqual',
      'greaterThan',
      'greaterThanOrEqual',
    ]),
    value: scalar.optional(),
    expedite: z.boolean().optional(),
    expiresAfterSeconds: notYet('selectors that expire (expiresAfterSeconds)'),
  }),
);

const note = withoutNulls(z.object({ message: z.string(), addedAt: timestamp.optional() }));

const matchingMode = z
  .object({
    kind: kindOf(['queueAndMatch', 'suspend'], {
      scheduleAndSuspend: 'the matching mode scheduleAndSuspend',
    }),
  })
  .transform(({ kind }): MatchingMode => kind);

export const jobPatch: z.ZodType<JobPatch> = z.object({
  channelReference: z.string().nullish(),
  channelId: z.string().nullish(),
  classificationPolicyId: notYet('classification policies (classificationPolicyId on a job)'),
  queueId: queueId.nullish(),
  priority: z.int32().nullish(),
  dispositionCode: z.string().nullish(),
  requestedWorkerSelectors: z.array(selector).nullish(),
  labels: labels.nullish(),
  tags: labels.nullish(),
  notes: z.array(note).nullish(),
  matchingMode: matchingMode.nullish(),
});

export const cancelOptions = withoutNulls(
  z.object({ note: z.string().exactOptional(), dispositionCode: z.string().exactOptional() }),
);

export const declineOptions = withoutNulls(z.object({ retryOfferAt: timestamp.exactOptional() }));

export const completeOptions = withoutNulls(z.object({ note: z.string().exactOptional() }));

export const closeOptions = withoutNulls(
  z.object({
    dispositionCode: z.string().exactOptional(),
    closeAt: timestamp.exactOptional(),
    note: z.string().exactOptional(),
  }),
);

export const unassignOptions = withoutNulls(z.object({ suspendMatching: z.boolean().exactOptional() }));
