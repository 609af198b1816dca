/** How a classification policy comes to the selectors of a job's queue and workers. */
import * as z from 'zod';
import { kind, oneOfKinds } from './kind.ts';
import { routerRuleInput } from './routerRule.ts';
import { labelOperator, queueSelectorInput, selectorLife, workerSelectorInput } from './selectors.ts';

const attachmentKinds = oneOfKinds(
  'static',
  'conditional',
  'passThrough',
  'ruleEngine',
  'weightedAllocation',
);

const passedOn = {
  key: z.string().min(1).describe('The label of the job whose value becomes that of the selector.'),
  labelOperator,
};

// Where we guessed: a weight is a number from 0 to 1; that it is a share of 1 is published.
const weight = z.number().min(0).max(1).describe('The share of jobs that get these selectors, of 1.');

/** What is added to the selectors of a job's queue. */
export const queueSelectorAttachmentInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: kind('static', 'queue-selector'), queueSelector: queueSelectorInput }),
    z.strictObject({
      kind: kind('conditional', 'queue-selector'),
      condition: routerRuleInput,
      queueSelectors: z.array(queueSelectorInput),
    }),
    z.strictObject({ kind: kind('passThrough', 'queue-selector'), ...passedOn }),
    z.strictObject({ kind: kind('ruleEngine', 'queue-selector'), rule: routerRuleInput }),
    z.strictObject({
      kind: kind('weightedAllocation', 'queue-selector'),
      allocations: z.array(z.strictObject({ weight, queueSelectors: z.array(queueSelectorInput) })),
    }),
  ],
  attachmentKinds,
);
export type QueueSelectorAttachmentInput = z.infer<typeof queueSelectorAttachmentInput>;

/** What is added to the selectors of a job's workers. */
export const workerSelectorAttachmentInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: kind('static', 'worker-selector'), workerSelector: workerSelectorInput }),
    z.strictObject({
      kind: kind('conditional', 'worker-selector'),
      condition: routerRuleInput,
      workerSelectors: z.array(workerSelectorInput),
    }),
    z.strictObject({
      kind: kind('passThrough', 'worker-selector'),
      ...passedOn,
      expiresAfterSeconds: selectorLife,
    }),
    z.strictObject({ kind: kind('ruleEngine', 'worker-selector'), rule: routerRuleInput }),
    z.strictObject({
      kind: kind('weightedAllocation', 'worker-selector'),
      allocations: z.array(z.strictObject({ weight, workerSelectors: z.array(workerSelectorInput) })),
    }),
  ],
  attachmentKinds,
);
export type WorkerSelectorAttachmentInput = z.infer<typeof workerSelectorAttachmentInput>;
