import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceApp } from '../../../../src/composition.ts';
import { parkedEvents } from '../../../../src/handling/parkedEvents.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';
import { receiveRouterEvents } from '../../../support/registeredFunctions.ts';
import { rawEvent } from '../../../support/story.ts';

let restore: () => void;
beforeEach(() => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  restore = replaceApp({ rules: [], clock, router: fakeJobRouter({}, clock), newId: () => 'job-new' });
});
afterEach(() => restore());

const url = 'http://localhost/api/router-events';
const context = () => new InvocationContext({ logHandler: () => undefined });
const post = (body: string, headers: Record<string, string> = {}, invocation = context()) =>
  receiveRouterEvents.receiveRouterEvents(
    new HttpRequest({ method: 'POST', url, headers, body: { string: body } }),
    invocation,
  );

describe('the handshakes', () => {
  const validation = {
    id: '1',
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    data: { validationCode: 'code-1', validationUrl: 'https://example.com' },
  };
  const header = { 'aeg-event-type': 'SubscriptionValidation' };

  it.each([
    ['with its header, in an array', [validation], header],
    ['by its type alone', [validation], {}],
    ['by its header alone', [{ ...validation, eventType: undefined }], header],
    ['as one object', validation, header],
  ])('a validation event %s gets its code back', async (_how, body, headers) => {
    expect(await post(JSON.stringify(body), headers)).toEqual({
      status: 200,
      jsonBody: { validationResponse: 'code-1' },
    });
  });

  it('a CloudEvents subscription gets its origin allowed', async () => {
    const headers = { 'WebHook-Request-Origin': 'eventgrid.azure.net' };
    const request = new HttpRequest({ method: 'OPTIONS', url, headers });
    expect(await receiveRouterEvents.receiveRouterEvents(request, context())).toEqual({
      status: 200,
      headers: {
        Allow: 'POST, OPTIONS',
        'WebHook-Allowed-Origin': 'eventgrid.azure.net',
        'WebHook-Allowed-Rate': '*',
      },
    });
  });
});

describe('a delivery', () => {
  it('is answered with what became of each event', async () => {
    const offer = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' });
    expect(await post(JSON.stringify([offer]))).toEqual({
      status: 200,
      jsonBody: {
        events: [
          {
            id: 'e0e0e0e0-0004-4000-8000-0000000000ee',
            outcome: 'ignored',
            why: 'no rule matches channel voice, queue queue-1',
          },
        ],
      },
    });
  });

  it('of no events is fine', async () => {
    expect(await post('[]')).toEqual({ status: 200, jsonBody: { events: [] } });
  });

  it.each([
    ['half a body', '[{"id":'],
    ['no body', ''],
    ['a form', 'id=1&type=2'],
  ])('of %s is kept as it came, and acknowledged', async (_what, body) => {
    const invocation = context();
    expect(await post(body, {}, invocation)).toMatchObject({ status: 200 });
    expect(invocation.extraOutputs.get(parkedEvents)).toMatchObject([
      { event: body, function: 'receiveRouterEvents', parkedAt: '2026-03-02T09:00:01.000Z' },
    ]);
  });
});
