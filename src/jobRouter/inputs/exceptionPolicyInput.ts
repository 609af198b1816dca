import * as z from 'zod';
import { labels } from '../wire.ts';
import { kind, oneOfKinds } from './kind.ts';
import { priority } from './priority.ts';
import { workerSelectorInput } from './selectors.ts';

// Where we guessed: the limits of both thresholds are not published.
const exceptionTrigger = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: kind('queueLength'),
      threshold: z.int32().min(0).describe('Jobs ahead in the queue.'),
    }),
    z.strictObject({
      kind: kind('waitTime'),
      thresholdSeconds: z.number().min(0).describe('Seconds in the queue.'),
    }),
  ],
  oneOfKinds('queueLength', 'waitTime'),
);

const id = z.string().min(1).optional().describe('The router makes one up, and a new one with every write.');

const exceptionAction = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: kind('cancel'),
      id,
      note: z.string().optional(),
      dispositionCode: z.string().optional(),
    }),
    z.strictObject({
      kind: kind('manualReclassify'),
      id,
      queueId: z.string().min(1).optional().describe('Absent: the job stays in its queue.'),
      priority: priority.optional(),
      workerSelectors: z.array(workerSelectorInput).optional(),
    }),
    z.strictObject({
      kind: kind('reclassify'),
      id,
      classificationPolicyId: z.string().min(1).optional().describe('Absent: the one that the job has.'),
      labelsToUpsert: labels.optional(),
    }),
  ],
  oneOfKinds('cancel', 'manualReclassify', 'reclassify'),
);

const exceptionRule = z.strictObject({
  id: z.string().min(1).describe('Once in its policy.'),
  trigger: exceptionTrigger,
  actions: z.array(exceptionAction),
});

/** A policy as it may be written: what becomes of jobs that wait too long, or in too long a queue. */
export const exceptionPolicyInput = z.strictObject({
  name: z.string().optional(),
  exceptionRules: z.array(exceptionRule).optional(),
});
export type ExceptionPolicyInput = z.infer<typeof exceptionPolicyInput>;
