import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, replaceApp } from '../../../../src/composition.ts';
import { parkedEvents } from '../../../../src/handling/parkedEvents.ts';
import { jsonText } from '../../../../src/input/jsonText.ts';
import { readParkedEvent } from '../../../../src/parking/parkedEvent.ts';
import { parkIn } from '../../../../src/parking/parking.ts';
import { queueInMemory } from '../../../support/queueInMemory.ts';
import { receiveRouterEvents } from '../../../support/registeredFunctions.ts';
import { rawEvent } from '../../../support/story.ts';
import { type TestApp, testApp } from '../../../support/testApp.ts';

let app: TestApp;
let restore: () => void;
function useApp(parts: Partial<App> = {}): void {
  app = testApp(parts);
  restore = replaceApp(app);
}
beforeEach(() => useApp());
afterEach(() => restore());

const url = 'http://localhost/api/router-events';
const context = (logged: unknown[] = []) =>
  new InvocationContext({ logHandler: (level, ...line) => void logged.push([level, ...line].join(' ')) });
const post = (body: string, headers: Record<string, string> = {}, invocation = context()) =>
  receiveRouterEvents.receiveRouterEvents(
    new HttpRequest({ method: 'POST', url, headers, body: { string: body } }),
    invocation,
  );

describe('the validation of a subscription', () => {
  const topic =
    '/subscriptions/1/resourceGroups/it/providers/Microsoft.Communication/communicationServices/it';
  const validation = {
    id: '1',
    topic,
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    data: { validationCode: 'code-1', validationUrl: 'https://example.com' },
  };
  const header = { 'aeg-event-type': 'SubscriptionValidation' };

  it.each([
    ['with its header, in an array', [validation], header],
    ['by its type alone', [validation], {}],
    ['as one object', validation, header],
    ['with a type in other case', [{ ...validation, eventType: validation.eventType.toUpperCase() }], header],
  ])('an event %s gets its code back', async (_how, body, headers) => {
    expect(await post(JSON.stringify(body), headers)).toEqual({
      status: 200,
      jsonBody: { validationResponse: 'code-1' },
    });
  });

  it.each([
    ['that only its header calls a validation', [{ ...validation, eventType: undefined }], header],
    ['of another type that brings a code', [{ ...validation, eventType: 'Some.Event' }], header],
    ['whose header calls it a notification', [validation], { 'aeg-event-type': 'Notification' }],
    ['among others', [validation, validation], header],
  ])('an event %s is an event like any other', async (_how, body, headers) => {
    const answer = await post(JSON.stringify(body), headers);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer)).not.toContain('code-1');
  });

  it.each([
    ['in other case', topic.toUpperCase(), 200],
    ['of another resource', `${topic}-of-somebody-else`, 503],
    ['that it does not tell', undefined, 503],
  ])('for a topic %s answers, when topics are listed, with %i', async (_what, told, status) => {
    restore();
    useApp({ webhook: { ...testApp().webhook, allowedTopics: [topic] } });
    const logged: unknown[] = [];
    const answer = await post(JSON.stringify([{ ...validation, topic: told }]), header, context(logged));
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(answer).toEqual({ status, headers: { 'Retry-After': '30' } });
    expect(logged).toMatchObject([expect.stringContaining('ALLOWED_TOPICS')]);
  });
});

describe('the permission that CloudEvents asks for', () => {
  const options = (headers: Record<string, string>) =>
    receiveRouterEvents.receiveRouterEvents(new HttpRequest({ method: 'OPTIONS', url, headers }), context());

  it.each([['eventgrid.azure.net'], ['EventGrid.Azure.Net']])('is given to %s', async (origin) => {
    expect(await options({ 'WebHook-Request-Origin': origin })).toEqual({
      status: 200,
      headers: {
        Allow: 'POST, OPTIONS',
        'WebHook-Allowed-Origin': 'eventgrid.azure.net',
        'WebHook-Allowed-Rate': '*',
      },
    });
  });

  it.each([
    ['a stranger', { 'WebHook-Request-Origin': 'example.com' }],
    [
      'a stranger who names a callback',
      { 'WebHook-Request-Origin': 'example.com', 'WebHook-Request-Callback': 'https://example.com/ok' },
    ],
    ['whoever does not say who asks', {}],
    ['somebody whose name ends alike', { 'WebHook-Request-Origin': 'evil-eventgrid.azure.net' }],
  ])('is not given to %s', async (_who, headers: Record<string, string>) => {
    expect(await options(headers)).toEqual({ status: 200, headers: { Allow: 'POST, OPTIONS' } });
  });
});

describe('whoever is not let in', () => {
  it.each(['POST', 'OPTIONS'] as const)('is told by %s to come again, and nothing else', async (method) => {
    restore();
    useApp({
      webhook: { ...testApp().webhook, guard: async () => ({ kind: 'refused', why: 'without a key' }) },
    });
    const logged: unknown[] = [];
    const request = new HttpRequest({
      method,
      url,
      headers: { 'WebHook-Request-Origin': 'eventgrid.azure.net' },
    });
    expect(await receiveRouterEvents.receiveRouterEvents(request, context(logged))).toEqual({
      status: 503,
      headers: { 'Retry-After': '30' },
    });
    expect(logged).toEqual(['warning receiveRouterEvents was called without a key']);
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
    expect(await post(body)).toMatchObject({ status: 200 });
    expect(app.parkedEvents).toMatchObject([
      { event: body, function: 'receiveRouterEvents', parkedAt: '2026-03-02T09:00:01.000Z' },
    ]);
  });

  it('that Event Grid cannot have sent, as it has more than 2 MB, is refused for good', async () => {
    const answer = await post(`["${'x'.repeat(2_000_000)}"]`);
    expect(answer.status).toBe(400);
    expect(app.parkedEvents).toEqual([]);
  });

  it('of more events than Event Grid puts into a batch is refused for good', async () => {
    const answer = await post(`[${Array(5_001).fill('1').join()}]`);
    expect(answer).toMatchObject({
      status: 400,
      jsonBody: { error: 'Event Grid delivers 5000 events at most, and this body has 5001.' },
    });
    expect(app.parkedEvents).toEqual([]);
  });

  it('that only the host can keep is handed to its queue output, each event of it', async () => {
    restore();
    useApp({ park: parkIn(undefined) });
    const invocation = context();
    expect(await post('["one","other"]', {}, invocation)).toMatchObject({ status: 200 });
    const kept = invocation.extraOutputs.get(parkedEvents);
    expect(kept).toEqual([expect.stringContaining('"one"'), expect.stringContaining('"other"')]);
  });

  it('too deep for anybody but JSON.parse is kept whole, and its neighbours are done', async () => {
    const queue = queueInMemory();
    restore();
    useApp({ park: parkIn(queue) });
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const offer = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' });
    const answer = await post(`[${deep},{"id":${deep}},${JSON.stringify(offer)}]`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(JSON.stringify(answer.jsonBody))).toMatchObject({
      events: [{ outcome: 'parked' }, { outcome: 'parked' }, { outcome: 'ignored' }],
    });
    const kept = queue.texts().map(readParkedEvent);
    expect(kept.map((one) => 'event' in one && jsonText(one.event) === deep)).toEqual([true, false]);
  });

  it('whose labels are too deep, where the log tells labels, is told of all the same', async () => {
    restore();
    useApp({ logsLabels: true });
    const offer = JSON.stringify(rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' }));
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const logged: unknown[] = [];
    const { status } = await post(
      offer.replace('"jobLabels":{}', `"jobLabels":{"Deep":${deep}}`),
      {},
      context(logged),
    );
    expect(status).toBe(200);
    expect(String(logged[0]).includes(`"Deep":${deep}`)).toBe(true);
  });

  it('tells the log how often Event Grid has tried', async () => {
    const logged: unknown[] = [];
    const offer = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' });
    await post(JSON.stringify([offer]), { 'aeg-delivery-count': '2' }, context(logged));
    expect(logged).toMatchObject([expect.stringContaining('"attempt":3')]);
  });
});
