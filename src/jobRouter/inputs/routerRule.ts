/** Rules: how the router finds a priority, a condition, selectors or a score. */
import * as z from 'zod';
import { scalar } from '../wire.ts';
import { kind, oneOfKinds } from './kind.ts';

const httpAddress = z.url({ protocol: /^https?$/ });

const staticRule = z.strictObject({
  kind: kind('static', 'rule'),
  value: scalar.optional().describe('The result, always.'),
});

const directMapRule = z
  .strictObject({ kind: kind('directMap', 'rule') })
  .describe('Gives the labels of the job as they are.');

const expressionRule = z.strictObject({
  kind: kind('expression', 'rule'),
  language: z
    .enum(['powerFx', 'PowerFx'])
    .optional()
    .transform((): 'powerFx' => 'powerFx')
    .describe('Power Fx is the only one there is.'),
  expression: z
    .string()
    .min(1)
    .describe('Power Fx over job.<Label>, and over worker.<Label> where workers are scored.'),
});

const functionRule = z.strictObject({
  kind: z
    .union([
      z.literal('function'),
      z.enum(['azure-function-rule', 'azureFunction', 'function-rule']).meta({ deprecated: true }),
    ])
    .transform((): 'function' => 'function'),
  functionUri: httpAddress.describe('The address of an HTTP function.'),
  credential: z
    .strictObject({
      functionKey: z.string().optional().describe('The key of that function. A secret.'),
      appKey: z.string().optional().describe('The key of its app. A secret.'),
      clientId: z.string().optional().describe('The name of the app key.'),
    })
    .optional(),
});

const webhookRule = z.strictObject({
  kind: kind('webhook', 'rule'),
  authorizationServerUri: httpAddress.optional().describe('Where tokens for the webhook are issued.'),
  clientCredential: z
    .strictObject({
      clientId: z.string().optional(),
      clientSecret: z.string().optional().describe('A secret.'),
    })
    .optional(),
  webhookUri: httpAddress.optional(),
});

/** A rule of any kind. */
export const routerRuleInput = z
  .discriminatedUnion(
    'kind',
    [staticRule, directMapRule, expressionRule, functionRule, webhookRule],
    oneOfKinds('static', 'directMap', 'expression', 'function', 'webhook'),
  )
  .meta({ id: 'RouterRule' });
export type RouterRuleInput = z.infer<typeof routerRuleInput>;
