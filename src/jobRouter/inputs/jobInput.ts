import * as z from 'zod';
import { labels } from '../wire.ts';
import { kind, oneOfKinds } from './kind.ts';
import { priority } from './priority.ts';
import { workerSelectorInput } from './selectors.ts';

const matchingMode = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: kind('queueAndMatch') }),
    z.strictObject({
      kind: kind('scheduleAndSuspend'),
      scheduleAt: z.iso.datetime({ offset: true }).describe('When the job waits to be activated.'),
    }),
    z.strictObject({ kind: kind('suspend') }),
  ],
  oneOfKinds('queueAndMatch', 'scheduleAndSuspend', 'suspend'),
);

/** The members of a job that may be written. */
const jobMembers = z.strictObject({
  channelId: z.string().min(1),
  channelReference: z.string().optional().describe('An id of your own, such as that of a call.'),
  classificationPolicyId: z.string().min(1).optional(),
  queueId: z.string().min(1).optional().describe('Goes before what the classification policy would choose.'),
  priority: priority.optional(),
  dispositionCode: z.string().optional(),
  requestedWorkerSelectors: z.array(workerSelectorInput).optional(),
  labels: labels.optional().describe('What classification looks at.'),
  tags: labels.optional().describe('Not looked at by anybody.'),
  notes: z
    .array(
      z.strictObject({
        message: z.string(),
        addedAt: z.iso.datetime({ offset: true }).optional().describe('Absent: now.'),
      }),
    )
    .optional(),
  matchingMode: matchingMode.optional(),
});

/** In the words of JSON Schema, for want of a way to derive it: a job needs a queue, or somebody who chooses one. */
export const needsQueueOrPolicy = {
  anyOf: [{ required: ['queueId'] }, { required: ['classificationPolicyId'] }],
};

/** A job as it may be submitted. */
export const jobInput = jobMembers
  .refine(({ queueId, classificationPolicyId }) => (queueId ?? classificationPolicyId) !== undefined, {
    error: 'expected queueId, classificationPolicyId or both',
    // Told beside what else is wrong with the job, and not after it.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .meta(needsQueueOrPolicy);
export type JobInput = z.infer<typeof jobInput>;
