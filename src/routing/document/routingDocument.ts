/**
 * The routing document: everything a router is to hold, and the rules the app answers by. It is what people
 * keep in version control, so it is read strictly: a misspelt member is a mistake and not an extension.
 */
import * as z from 'zod';
import { automation } from '../../automation/rules.ts';
import { classificationPolicyInput } from '../../jobRouter/inputs/classificationPolicyInput.ts';
import { distributionPolicyInput } from '../../jobRouter/inputs/distributionPolicyInput.ts';
import { exceptionPolicyInput } from '../../jobRouter/inputs/exceptionPolicyInput.ts';
import { jobInput, needsQueueOrPolicy } from '../../jobRouter/inputs/jobInput.ts';
import { queueInput } from '../../jobRouter/inputs/queueInput.ts';
import { workerInput } from '../../jobRouter/inputs/workerInput.ts';
import { resourceId, scalar } from '../../jobRouter/wire.ts';
import { DEFAULT_OWNER } from '../model.ts';
import { ownerPattern } from '../ownership.ts';

const id = resourceId.describe('Once among the resources of its kind. No colon.');
const identified = { id };

/** Whose the resources are. */
const ownerName = z
  .string()
  .regex(ownerPattern, {
    error: 'expected up to 64 letters, digits, dots, dashes and underscores',
  })
  .default(DEFAULT_OWNER)
  .describe('Who owns what the document declares. Pruning deletes what bears this name, and nothing else.');

/**
 * What a document leaves out is left alone, since others may have written it. To take something away, it says null: in
 * place of a member that a resource can do without, and of a label.
 */
const labels = z.record(z.string(), scalar.nullable()).optional();
const taggedAndLabelled = {
  labels: labels.describe('Null takes a label away; labels that are not named are left alone.'),
  tags: labels.describe('Null takes a tag away; tags that are not named are left alone.'),
};
const { shape: classification } = classificationPolicyInput;

/** The schema of a document whose placeholders are resolved. */
export const routingDocument = z.strictObject({
  $schema: z.string().optional().describe('Where the JSON Schema of this document is, for editors.'),
  name: ownerName,
  distributionPolicies: z
    .array(
      distributionPolicyInput.extend({ ...identified, name: distributionPolicyInput.shape.name.nullable() }),
    )
    .default([]),
  classificationPolicies: z
    .array(
      classificationPolicyInput.extend({
        ...identified,
        name: classification.name.nullable(),
        fallbackQueueId: classification.fallbackQueueId.nullable(),
        prioritizationRule: classification.prioritizationRule.nullable(),
      }),
    )
    .default([]),
  exceptionPolicies: z
    .array(exceptionPolicyInput.extend({ ...identified, name: exceptionPolicyInput.shape.name.nullable() }))
    .default([]),
  queues: z
    .array(
      queueInput.extend({
        ...identified,
        name: queueInput.shape.name.nullable(),
        exceptionPolicyId: queueInput.shape.exceptionPolicyId.nullable(),
        labels: taggedAndLabelled.labels,
      }),
    )
    .default([]),
  workers: z.array(workerInput.extend({ ...identified, ...taggedAndLabelled })).default([]),
  jobs: z.array(jobInput.safeExtend(identified).meta(needsQueueOrPolicy)).default([]),
  automation: automation.optional().describe('The rules that the app answers by.'),
});
export type RoutingDocument = z.infer<typeof routingDocument>;
