/** The door for Event Grid. It is no endpoint like the others: its guard is a setting, and its answers are what Event Grid reads. */
import * as z from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { outcome } from './answers/outcome.ts';
import { json } from './operation.ts';
import { retryAfter } from './problems.ts';
import { securityOf } from './security.ts';

const about = {
  tags: ['Event Grid'],
  security: securityOf({ level: 'function' }),
} as const satisfies Partial<ZodOpenApiOperationObject>;

const guard =
  'Guarded by a function key, or by a secret or an Entra token where the setting `WEBHOOK_GUARD` says so. Whoever is not let in ' +
  'gets 503 without a word, because Event Grid gives events up at a 401.';

const noKey = { description: 'The key is missing or wrong; the answer is empty.' };
const again = { description: 'Not let in, or not to be handled now: deliver again.', headers: retryAfter };

const handled = z.object({
  events: z.array(z.looseObject({ outcome })).describe('What became of each event.'),
});

export const webhookPath: ZodOpenApiPathsObject = {
  '/api/router-events': {
    post: {
      ...about,
      operationId: 'receiveRouterEvents',
      summary: 'Deliver events of Job Router',
      description: `One event or up to 5,000, in the Event Grid schema or in CloudEvents 1.0; answers the validation of a subscription. ${guard}`,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: z.unknown().describe('Events in the schema of Event Grid.') },
          'application/cloudevents+json': { schema: z.unknown().describe('One event.') },
          'application/cloudevents-batch+json': { schema: z.unknown().describe('Several events.') },
        },
      },
      responses: {
        200: json(
          'Every event is handled, parked or put off; or the subscription is validated.',
          z.union([handled, z.object({ validationResponse: z.string() })]),
        ),
        400: json(
          'No delivery of Event Grid: too long, or too many events.',
          z.object({ error: z.string() }),
        ),
        401: noKey,
        503: { ...again, content: { 'application/json': { schema: handled } } },
      },
    },
    options: {
      ...about,
      operationId: 'permitRouterEvents',
      summary: 'Ask for permission to deliver CloudEvents',
      description: `The handshake of the CloudEvents schema. ${guard}`,
      responses: {
        200: {
          description: 'Permission is in the headers; without them there is none.',
          headers: z.object({
            Allow: z.string(),
            'WebHook-Allowed-Origin': z.string().optional(),
            'WebHook-Allowed-Rate': z.string().optional(),
          }),
        },
        401: noKey,
        503: again,
      },
    },
  },
};
