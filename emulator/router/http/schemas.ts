/**
 * What clients may send in bodies. Unknown and read-only members are dropped without a word, as the service
 * does; null is allowed wherever merge patch gives it a meaning. Whether a value makes sense is the engine's
 * business, not this file's.
 */
import * as z from 'zod';
import type {
  ClassificationPolicyPatch,
  DistributionPolicyPatch,
  ExceptionActionInput,
  ExceptionPolicyPatch,
  JobPatch,
  LabelsPatch,
  NoteInput,
  QueuePatch,
  WorkerPatch,
} from '../engine/commands.ts';
import {
  type ClassificationPolicyId,
  type DistributionPolicyId,
  type ExceptionPolicyId,
  idFrom,
  type QueueId,
} from '../engine/ids.ts';
import type { ExceptionTrigger } from '../engine/model/exceptionPolicy.ts';
import type { MatchingMode } from '../engine/model/job.ts';
import type { Channel } from '../engine/model/worker.ts';
import { byKind, inAnyCase, kindOf, membersOfAnyName, withoutNulls } from './decode.ts';
import {
  queueSelectorAttachment,
  rulePatch,
  scalar,
  workerSelector,
  workerSelectorAttachment,
} from './routerRules.ts';
import { preciseTimestamp, timestamp } from './timestamp.ts';

const queueId = z.lazy(() => z.string().transform((text): QueueId => idFrom(text)));
const distributionPolicyId = z.lazy(() => z.string().transform((text): DistributionPolicyId => idFrom(text)));
const classificationPolicyId = z.lazy(() =>
  z.string().transform((text): ClassificationPolicyId => idFrom(text)),
);
const exceptionPolicyId = z.lazy(() => z.string().transform((text): ExceptionPolicyId => idFrom(text)));

const labels: z.ZodType<LabelsPatch> = z.lazy(() => membersOfAnyName(scalar.nullable()));

export const distributionPolicyPatch: z.ZodType<DistributionPolicyPatch> = inAnyCase(() =>
  z.object({
    name: z.string().nullish(),
    offerExpiresAfterSeconds: z.number().nullish(),
    mode: inAnyCase(() =>
      z.object({
        kind: kindOf(['longestIdle', 'roundRobin', 'bestWorker']).nullish(),
        minConcurrentOffers: z.int32().nullish(),
        maxConcurrentOffers: z.int32().nullish(),
        bypassSelectors: z.boolean().nullish(),
        scoringRule: rulePatch.nullish(),
        scoringRuleOptions: inAnyCase(() =>
          z.object({
            batchSize: z.int32().nullish(),
            scoringParameters: z.array(kindOf(['jobLabels', 'workerSelectors'])).nullish(),
            isBatchScoringEnabled: z.boolean().nullish(),
            descendingOrder: z.boolean().nullish(),
          }),
        ).nullish(),
      }),
    ).nullish(),
  }),
);

export const classificationPolicyPatch: z.ZodType<ClassificationPolicyPatch> = inAnyCase(() =>
  z.object({
    name: z.string().nullish(),
    fallbackQueueId: queueId.nullish(),
    queueSelectorAttachments: z.array(queueSelectorAttachment).nullish(),
    prioritizationRule: rulePatch.nullish(),
    workerSelectorAttachments: z.array(workerSelectorAttachment).nullish(),
  }),
);

const exceptionTrigger: z.ZodType<ExceptionTrigger> = byKind(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('queueLength'), threshold: z.int32() }),
    z.object({ kind: z.literal('waitTime'), thresholdSeconds: z.number() }),
  ]),
);

const exceptionAction: z.ZodType<ExceptionActionInput> = byKind(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('cancel'),
      id: z.string().optional(),
      note: z.string().optional(),
      dispositionCode: z.string().optional(),
    }),
    z.object({
      kind: z.literal('manualReclassify'),
      id: z.string().optional(),
      queueId: queueId.optional(),
      priority: z.int32().optional(),
      workerSelectors: z.array(workerSelector).optional(),
    }),
    z.object({
      kind: z.literal('reclassify'),
      id: z.string().optional(),
      classificationPolicyId: classificationPolicyId.optional(),
      labelsToUpsert: membersOfAnyName(scalar).optional(),
    }),
  ]),
);

export const exceptionPolicyPatch: z.ZodType<ExceptionPolicyPatch> = inAnyCase(() =>
  z.object({
    name: z.string().nullish(),
    exceptionRules: z
      .array(
        withoutNulls(() =>
          z.object({ id: z.string(), trigger: exceptionTrigger, actions: z.array(exceptionAction) }),
        ),
      )
      .nullish(),
  }),
);

export const queuePatch: z.ZodType<QueuePatch> = inAnyCase(() =>
  z.object({
    name: z.string().nullish(),
    distributionPolicyId: distributionPolicyId.nullish(),
    labels: labels.nullish(),
    exceptionPolicyId: exceptionPolicyId.nullish(),
  }),
);

const channel: z.ZodType<Channel> = withoutNulls(() =>
  z.object({
    channelId: z.string(),
    capacityCostPerJob: z.int32(),
    maxNumberOfJobs: z.int32().exactOptional(),
  }),
);

const workerMembers = () =>
  z.object({
    queues: z.array(queueId).nullish(),
    capacity: z.int32().nullish(),
    labels: labels.nullish(),
    tags: labels.nullish(),
    channels: z.array(channel).nullish(),
    availableForOffers: z.boolean().nullish(),
  });

export const workerPatch: z.ZodType<WorkerPatch> = inAnyCase(workerMembers);
export const workerPatchOf2024: z.ZodType<WorkerPatch> = inAnyCase(() =>
  workerMembers().extend({ maxConcurrentOffers: z.int32().nullish() }),
);

const note: z.ZodType<NoteInput> = withoutNulls(() =>
  z.object({ message: z.string(), addedAt: preciseTimestamp.optional() }),
).transform(({ message, addedAt }) => ({
  message,
  ...(addedAt && { addedAt: addedAt.at }),
  ...(addedAt?.ticks && { addedAtTicks: addedAt.ticks }),
}));

const matchingMode: z.ZodType<MatchingMode> = byKind(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('queueAndMatch') }),
    z
      .object({ kind: z.literal('scheduleAndSuspend'), scheduleAt: preciseTimestamp })
      .transform(({ kind, scheduleAt: { at, ticks } }) => ({
        kind,
        scheduleAt: at,
        ...(ticks > 0 && { scheduleAtTicks: ticks }),
      })),
    z.object({ kind: z.literal('suspend') }),
  ]),
);

export const jobPatch: z.ZodType<JobPatch> = inAnyCase(() =>
  z.object({
    channelReference: z.string().nullish(),
    channelId: z.string().nullish(),
    classificationPolicyId: classificationPolicyId.nullish(),
    queueId: queueId.nullish(),
    priority: z.int32().nullish(),
    dispositionCode: z.string().nullish(),
    requestedWorkerSelectors: z.array(workerSelector).nullish(),
    labels: labels.nullish(),
    tags: labels.nullish(),
    notes: z.array(note).nullish(),
    matchingMode: matchingMode.nullish(),
  }),
);

/** No members are published. */
export const reclassifyOptions = z.lazy(() => z.object({}));

export const cancelOptions = withoutNulls(() =>
  z.object({ note: z.string().exactOptional(), dispositionCode: z.string().exactOptional() }),
);

export const declineOptions = withoutNulls(() => z.object({ retryOfferAt: timestamp.exactOptional() }));

export const completeOptions = withoutNulls(() => z.object({ note: z.string().exactOptional() }));

export const closeOptions = withoutNulls(() =>
  z.object({
    dispositionCode: z.string().exactOptional(),
    closeAt: timestamp.exactOptional(),
    note: z.string().exactOptional(),
  }),
);

export const unassignOptions = withoutNulls(() => z.object({ suspendMatching: z.boolean().exactOptional() }));
