import * as z from 'zod';
import { exportQuery } from '../../src/http/routing/exportRouting.ts';
import { planningQuery } from '../../src/http/routing/planRouting.ts';
import { provisioningQuery } from '../../src/http/routing/provisionRouting.ts';
import { plan, provisioned, routingOperation } from '../answers/routing.ts';
import { routingDocumentRef } from '../answers/routingDocument.ts';
import { json, type Operation } from '../operation.ts';

const example = {
  distributionPolicies: [{ id: 'longest-idle', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } }],
  queues: [{ id: 'support', distributionPolicyId: 'longest-idle' }],
  workers: [
    {
      id: 'worker-1',
      capacity: 1,
      queues: ['support'],
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
      availableForOffers: true,
    },
  ],
};

const body = {
  required: true,
  content: {
    'application/json': { schema: routingDocumentRef, example },
    'application/yaml': { schema: routingDocumentRef },
  },
};

const comeAgain = z.int().describe('Seconds after which it is worth asking again.');

/** Of the routing document. */
export const routingOperations: Readonly<Record<string, Operation>> = {
  provisionRouting: {
    tag: 'Routing',
    summary: 'Make the router hold what a routing document declares',
    description:
      'Idempotent: what is so already is left alone, and so is whatever the document does not mention. `dryRun=true` answers with ' +
      'the plan and does nothing; `prune=true` deletes what the document owns and no longer declares. What takes long is answered ' +
      '202 as soon as it is planned; `Prefer: respond-async` asks for that always.',
    query: provisioningQuery(),
    body,
    answers: {
      200: json('The router holds it; with `dryRun`, the plan.', z.union([provisioned, plan])),
      202: json('It is being applied.', routingOperation, {
        headers: z.object({
          Location: z.string().describe('The path of the operation.'),
          'Retry-After': comeAgain,
        }),
      }),
    },
    problems: ['tooManyOperations'],
    asks: 'router',
  },
  planRouting: {
    tag: 'Routing',
    summary: 'Say what applying a routing document would do',
    description:
      'Does nothing. The plan says what would be refused, and which jobs would lose every worker who could serve them.',
    query: planningQuery(),
    body,
    answers: { 200: json('The plan.', plan) },
    asks: 'router',
  },
  exportRouting: {
    tag: 'Routing',
    summary: 'Write the router down as a routing document',
    description:
      'Applying it would change nothing. Secrets are placeholders. As YAML where `Accept` asks for it.',
    query: exportQuery(),
    answers: {
      200: {
        description: 'The document.',
        content: {
          'application/json': { schema: routingDocumentRef },
          'application/yaml': { schema: z.string() },
          'application/x-yaml': { schema: z.string() },
          'text/yaml': { schema: z.string() },
          'text/x-yaml': { schema: z.string() },
        },
      },
    },
    problems: ['notAcceptable'],
    asks: 'router',
  },
  getRoutingOperation: {
    tag: 'Routing',
    summary: 'Ask how far an application is',
    path: z.object({ operationId: z.string() }),
    answers: {
      200: json('How far it is.', routingOperation, {
        headers: z.object({ 'Retry-After': comeAgain.optional() }),
      }),
    },
    problems: ['operationNotFound'],
  },
};
