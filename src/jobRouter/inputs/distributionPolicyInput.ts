import * as z from 'zod';
import { kind, oneOfKinds } from './kind.ts';
import { routerRuleInput } from './routerRule.ts';

// Where we guessed: the limits of both counts and of a batch are not published.
const offers = {
  minConcurrentOffers: z.int32().min(1).optional().describe('Open offers a job should have. Default: 1.'),
  maxConcurrentOffers: z.int32().min(1).optional().describe('Open offers a job may have. Default: 1.'),
  bypassSelectors: z
    .boolean()
    .optional()
    .describe('Whether workers are taken that the selectors of the job rule out. Default: false.'),
};

const scoringRuleOptions = z.strictObject({
  batchSize: z
    .int()
    .min(1)
    .optional()
    .describe('Workers per call, where they are scored in batches. Default: 20.'),
  scoringParameters: z
    .array(z.enum(['jobLabels', 'workerSelectors']))
    .optional()
    .describe('What the rule is told besides the labels of the worker. Default: both.'),
  isBatchScoringEnabled: z.boolean().optional().describe('Default: false.'),
  descendingOrder: z.boolean().optional().describe('Whether the highest score wins. Default: true.'),
});

const distributionModeInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: kind('longestIdle'), ...offers }),
    z.strictObject({ kind: kind('roundRobin'), ...offers }),
    z.strictObject({
      kind: kind('bestWorker'),
      ...offers,
      scoringRule: routerRuleInput.optional().describe("Absent: the router's own formula."),
      scoringRuleOptions: scoringRuleOptions.optional(),
    }),
  ],
  oneOfKinds('longestIdle', 'roundRobin', 'bestWorker'),
);

/** A policy as it may be written: for how long offers stand, and to whom they go first. */
export const distributionPolicyInput = z.strictObject({
  name: z.string().optional(),
  offerExpiresAfterSeconds: z
    .number()
    .positive()
    .describe('Seconds after which an offer is withdrawn and its worker goes off duty.'),
  mode: distributionModeInput,
});
export type DistributionPolicyInput = z.infer<typeof distributionPolicyInput>;
