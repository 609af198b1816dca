import * as z from 'zod';
import { queueSelectorAttachmentInput, workerSelectorAttachmentInput } from './attachments.ts';
import { routerRuleInput } from './routerRule.ts';

/** A policy as it may be written: which queue, priority and workers a job gets. */
export const classificationPolicyInput = z.strictObject({
  name: z.string().optional(),
  fallbackQueueId: z.string().min(1).optional().describe('The queue of a job that no other queue fits.'),
  queueSelectorAttachments: z
    .array(queueSelectorAttachmentInput)
    .optional()
    .describe('All of their selectors must hold. Not looked at for a job that names its queue itself.'),
  prioritizationRule: routerRuleInput
    .optional()
    .describe('Its result is the priority of the job. Absent: the job keeps its own.'),
  workerSelectorAttachments: z.array(workerSelectorAttachmentInput).optional(),
});
export type ClassificationPolicyInput = z.infer<typeof classificationPolicyInput>;
