import { HttpRequest, InvocationContext } from '@azure/functions';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import routing from '../../../../routing.json' with { type: 'json' };
import { automation } from '../../../../src/automation/rules.ts';
import { replaceApp } from '../../../../src/composition.ts';
import { answerRequest } from '../../../../src/webhook/answerRequest.ts';
import { fuzzing, mutatedEvent } from '../../../support/mutatedEvents.ts';
import { testApp } from '../../../support/testApp.ts';

const app = testApp({ rules: automation.parse(routing.automation).rules });
afterAll(replaceApp(app));

const json = (value: unknown): string => JSON.stringify(value) ?? '';
const whole = fc.oneof(
  mutatedEvent.map(json),
  fc.array(mutatedEvent, { maxLength: 3 }).map(json),
  fc.string({ maxLength: 50 }),
);
const cutOff = fc
  .tuple(whole, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => text.slice(0, Math.floor(text.length * share)));
const body = fc.oneof(
  { weight: 6, arbitrary: whole.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: cutOff.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: whole.map((text) => Buffer.from(`\uFEFF${text}`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
);
const headers = fc.record(
  {
    'aeg-event-type': fc.constantFrom('Notification', 'SubscriptionValidation', 'Unsubscribe', ''),
    'aeg-delivery-count': fc.constantFrom('0', '29', '-1', 'many'),
    'content-type': fc.constantFrom('application/json', 'application/cloudevents+json', 'text/plain'),
  },
  { requiredKeys: [] },
);

const answered = z.object({
  status: z.literal(200),
  jsonBody: z.union([
    z.object({ events: z.array(z.looseObject({ outcome: z.string(), why: z.string().optional() })) }),
    z.object({ validationResponse: z.string() }),
  ]),
});
const namesAField = /^not .*: (?:the event|id|type|eventType|data(?:\.\w+)*): |^router answered 4\d\d /;

const { parameters, limits } = fuzzing(8_000);

describe('any request to the webhook', () => {
  it(
    'is answered with 200 and what became of each event, and whatever is refused names its field',
    limits,
    async () => {
      const property = fc.asyncProperty(body, headers, async (bytes, sent) => {
        const request = new HttpRequest({
          method: 'POST',
          url: 'https://app.example/api/router-events',
          headers: sent,
          body: { bytes },
        });
        const context = new InvocationContext({ logHandler: () => undefined });
        const { jsonBody } = answered.parse(await answerRequest(request, context));
        if (!('events' in jsonBody)) return;
        for (const { outcome, why } of jsonBody.events) {
          if (outcome === 'parked') expect(why).toMatch(namesAField);
        }
      });
      await fc.assert(property, parameters);
    },
  );
});
