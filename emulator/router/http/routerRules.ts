/** Rules, selectors and the attachments of classification policies, as clients send them. */
import * as z from 'zod';
import type { RulePatch, SelectorInput } from '../engine/commands.ts';
import type { SelectorAttachment } from '../engine/model/classificationPolicy.ts';
import type { RouterRule } from '../engine/model/rules.ts';
import type { QueueSelector } from '../engine/model/selectors.ts';
import { LABEL_OPERATORS } from '../engine/selectors.ts';
import { byKind, inAnyCase, kindOf, withoutNulls } from './decode.ts';

export const scalar = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean()], {
    error: 'must be a string, a number or a boolean',
  }),
);

const labelOperator = kindOf(LABEL_OPERATORS);

const functionCredential = withoutNulls(() =>
  z.object({
    functionKey: z.string().exactOptional(),
    appKey: z.string().exactOptional(),
    clientId: z.string().exactOptional(),
  }),
);

/** Documentation writes it with a capital P here and there. */
const language = z.lazy(() =>
  z
    .string()
    .transform((text) => (text.toLowerCase() === 'powerfx' ? 'powerFx' : text))
    .pipe(z.literal('powerFx')),
);

/** Where we guessed: the value of a static rule may be an object, as published samples have it. */
const routerRule: z.ZodType<RouterRule> = byKind(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('static'), value: z.json().exactOptional() }),
    z.object({ kind: z.literal('directMap') }),
    z.object({
      kind: z.literal('expression'),
      language: language.default('powerFx'),
      expression: z.string(),
    }),
    z.object({
      kind: z.literal('function'),
      functionUri: z.url(),
      credential: functionCredential.exactOptional(),
    }),
    z.object({
      kind: z.literal('webhook'),
      authorizationServerUri: z.url().exactOptional(),
      clientCredential: withoutNulls(() =>
        z.object({ clientId: z.string().exactOptional(), clientSecret: z.string().exactOptional() }),
      ).exactOptional(),
      webhookUri: z.url().exactOptional(),
    }),
  ]),
);

/** A rule where merge patch applies to its members; elsewhere it stands in an array, which is replaced whole. */
export const rulePatch: z.ZodType<RulePatch> = inAnyCase(() =>
  z.object({
    kind: kindOf(['static', 'directMap', 'expression', 'function', 'webhook']).nullish(),
    value: z.json().nullish(),
    language: language.nullish(),
    expression: z.string().nullish(),
    functionUri: z.url().nullish(),
    credential: inAnyCase(() =>
      z.object({
        functionKey: z.string().nullish(),
        appKey: z.string().nullish(),
        clientId: z.string().nullish(),
      }),
    ).nullish(),
    authorizationServerUri: z.url().nullish(),
    clientCredential: inAnyCase(() =>
      z.object({ clientId: z.string().nullish(), clientSecret: z.string().nullish() }),
    ).nullish(),
    webhookUri: z.url().nullish(),
  }),
);

export const workerSelector: z.ZodType<SelectorInput> = withoutNulls(() =>
  z.object({
    key: z.string(),
    labelOperator,
    value: scalar.exactOptional(),
    expiresAfterSeconds: z.number().exactOptional(),
    expedite: z.boolean().exactOptional(),
  }),
);

/** An object as value is taken and shown (recorded). */
const queueSelector: z.ZodType<QueueSelector> = withoutNulls(() =>
  z.object({ key: z.string(), labelOperator, value: z.json().exactOptional() }),
);

export const queueSelectorAttachment: z.ZodType<SelectorAttachment<QueueSelector>> = byKind(() =>
  z.discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('static'), queueSelector })
      .transform(({ kind, queueSelector: selector }) => ({ kind, selector })),
    z
      .object({
        kind: z.literal('conditional'),
        condition: routerRule,
        queueSelectors: z.array(queueSelector),
      })
      .transform(({ queueSelectors: selectors, ...rest }) => ({ ...rest, selectors })),
    z.object({ kind: z.literal('passThrough'), key: z.string(), labelOperator }),
    z.object({ kind: z.literal('ruleEngine'), rule: routerRule }),
    z.object({
      kind: z.literal('weightedAllocation'),
      allocations: z.array(
        inAnyCase(() => z.object({ weight: z.number(), queueSelectors: z.array(queueSelector) })).transform(
          ({ weight, queueSelectors: selectors }) => ({ weight, selectors }),
        ),
      ),
    }),
  ]),
);

export const workerSelectorAttachment: z.ZodType<SelectorAttachment<SelectorInput>> = byKind(() =>
  z.discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('static'), workerSelector })
      .transform(({ kind, workerSelector: selector }) => ({ kind, selector })),
    z
      .object({
        kind: z.literal('conditional'),
        condition: routerRule,
        workerSelectors: z.array(workerSelector),
      })
      .transform(({ workerSelectors: selectors, ...rest }) => ({ ...rest, selectors })),
    z.object({
      kind: z.literal('passThrough'),
      key: z.string(),
      labelOperator,
      expiresAfterSeconds: z.number().exactOptional(),
    }),
    z.object({ kind: z.literal('ruleEngine'), rule: routerRule }),
    z.object({
      kind: z.literal('weightedAllocation'),
      allocations: z.array(
        inAnyCase(() => z.object({ weight: z.number(), workerSelectors: z.array(workerSelector) })).transform(
          ({ weight, workerSelectors: selectors }) => ({ weight, selectors }),
        ),
      ),
    }),
  ]),
);
