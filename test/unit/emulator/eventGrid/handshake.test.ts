import { describe, expect, it } from 'vitest';
import { SubscriptionRefused } from '../../../../emulator/eventGrid/problem.ts';
import { NoAnswer, type ReceivedAnswer } from '../../../../emulator/eventGrid/send.ts';
import type { SubscribeRequest } from '../../../../emulator/eventGrid/subscription.ts';
import {
  answer,
  type Endpoint,
  eventGridWorld,
  FUNCTION,
  WEBHOOK,
  willing,
} from '../../../support/eventGridWorld.ts';
import { FACTS } from '../../../support/routerFacts.ts';

const MINUTE = 60_000;
const publicUrl = () => 'http://127.0.0.1:7080';
const VALIDATION_URL = 'http://127.0.0.1:7080/_emulator/validate?subscription=all-events&code=id-1';

const EVENT_GRID: SubscribeRequest = { name: 'all-events', endpoint: WEBHOOK };
const CLOUD_EVENTS: SubscribeRequest = { ...EVENT_GRID, schema: 'CloudEventSchemaV1_0' };

/** The problem a refused subscription is reported with. */
async function problemOf(endpoint: Endpoint, request: SubscribeRequest) {
  const { eventGrid } = eventGridWorld(endpoint);
  const refusal = await eventGrid.subscribe(request).catch((error: unknown) => error);
  if (!(refusal instanceof SubscriptionRefused)) throw new Error('The subscription was not refused');
  expect(eventGrid.subscriptions()).toEqual([]);
  return refusal.problem;
}

describe('the handshake of the Event Grid schema', () => {
  it('posts a validation event and lets the endpoint in that echoes its code', async () => {
    const { eventGrid, sent } = eventGridWorld(
      willing(() => answer(200)),
      { publicUrl },
    );
    const result = await eventGrid.subscribe({
      ...EVENT_GRID,
      deliveryHeaders: { 'x-secret': 'open sesame' },
    });

    expect(result.kind).toBe('active');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: WEBHOOK,
      answerWithinMilliseconds: 30_000,
      headers: {
        'x-secret': 'open sesame',
        'content-type': 'application/json; charset=utf-8',
        'aeg-event-type': 'SubscriptionValidation',
        'aeg-subscription-name': 'ALL-EVENTS',
      },
    });
    expect(JSON.parse(sent[0]?.body ?? '')).toStrictEqual([
      {
        id: 'id-2',
        topic: eventGrid.topic,
        subject: '',
        data: { validationCode: 'id-1', validationUrl: VALIDATION_URL },
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        eventTime: '2026-03-02T09:00:00.0000000Z',
        metadataVersion: '1',
        dataVersion: '1',
      },
    ]);
  });

  it.each<[string, Endpoint, string, string]>([
    [
      'the echo comes with 202',
      () => answer(202, '{"validationResponse":"id-1"}'),
      'status 202',
      '202 counts',
    ],
    [
      'the code is another one',
      () => answer(200, '{"validationResponse":"x"}'),
      'body {"v',
      'validationCode',
    ],
    ['the body is empty', () => answer(200), 'status 200 with an empty body', 'echo data.validationCode'],
    ['the body is no JSON', () => answer(200, '<html>'), 'the body <html>', 'echo data.validationCode'],
    ['the key is wrong', () => answer(401), 'status 401', 'put the key'],
    ['nothing is there', () => answer(404), 'status 404', 'check the path'],
    ['only GET is allowed', () => answer(405), 'status 405', 'accept POST'],
    ['the endpoint fails', () => answer(500, 'boom'), 'status 500 with the body boom', 'look at the log'],
    [
      'nobody listens',
      () => Promise.reject(new NoAnswer('SocketError', 'connect ECONNREFUSED')),
      'no answer (SocketError: connect ECONNREFUSED)',
      'start the endpoint',
    ],
    [
      'no answer comes in time',
      () => Promise.reject(new NoAnswer('TimedOut', 'no answer within 30 s')),
      'no answer (TimedOut: no answer within 30 s)',
      'answer the handshake at once',
    ],
  ])(
    'refuses when %s, and says what was sent, what came back and what to mend',
    async (_, endpoint, back, fix) => {
      const problem = await problemOf(endpoint, EVENT_GRID);
      expect(problem.code).toBe('HandshakeFailed');
      expect(problem.sent).toBe(`a SubscriptionValidation event (POST) to ${WEBHOOK}`);
      expect(problem.received).toContain(back);
      expect(problem.fix).toContain(fix);
      expect(problem.message).toContain(WEBHOOK);
    },
  );

  it('points to functionName when a Functions host does not know the function', async () => {
    const problem = await problemOf(() => answer(404), { ...EVENT_GRID, endpoint: FUNCTION });
    expect(problem.fix).toContain('functionName');
  });
});

describe('the handshake of CloudEvents', () => {
  it('asks for permission with OPTIONS', async () => {
    const { eventGrid, sent } = eventGridWorld(
      willing(() => answer(200)),
      { publicUrl },
    );
    await eventGrid.subscribe(CLOUD_EVENTS);
    expect(sent).toStrictEqual([
      {
        method: 'OPTIONS',
        url: WEBHOOK,
        headers: {
          'WebHook-Request-Origin': 'eventgrid.azure.net',
          'WebHook-Request-Callback': VALIDATION_URL,
          'WebHook-Request-Rate': '120',
        },
        answerWithinMilliseconds: 30_000,
      },
    ]);
  });

  it.each<[string, ReceivedAnswer['headers'][string]]>([
    ['its name', 'eventgrid.azure.net'],
    ['its name in capitals', 'EventGrid.Azure.Net'],
    ['everybody', '*'],
    ['it among others', 'example.com, eventgrid.azure.net'],
    ['it in a header of its own', ['example.com', 'eventgrid.azure.net']],
  ])('lets an endpoint in that allows %s', async (_, allowed) => {
    const { eventGrid } = eventGridWorld(() => answer(204, '', { 'webhook-allowed-origin': allowed }));
    expect(await eventGrid.subscribe(CLOUD_EVENTS)).toMatchObject({ kind: 'active' });
  });

  it.each<[string, Endpoint, string, string]>([
    ['nobody is allowed', () => answer(200), 'status 200', 'echo WebHook-Request-Origin'],
    [
      'another origin is allowed',
      () => answer(200, '', { 'webhook-allowed-origin': 'example.com' }),
      'WebHook-Allowed-Origin example.com',
      'echo WebHook-Request-Origin',
    ],
    ['OPTIONS is not allowed', () => answer(405), 'status 405', 'accept OPTIONS'],
    [
      'the answer is an error in spite of the header',
      () => answer(500, '', { 'webhook-allowed-origin': '*' }),
      'status 500',
      'look at the log',
    ],
    [
      'the connection breaks',
      () => Promise.reject(new Error('socket hang up')),
      'socket hang up',
      'start the',
    ],
  ])('refuses when %s', async (_, endpoint, back, fix) => {
    const problem = await problemOf(endpoint, CLOUD_EVENTS);
    expect(problem.sent).toBe(`a CloudEvents validation request (OPTIONS) to ${WEBHOOK}`);
    expect(problem.received).toContain(back);
    expect(problem.fix).toContain(fix);
  });
});

describe.each([
  ['Event Grid', EVENT_GRID],
  ['CloudEvents', CLOUD_EVENTS],
])('manual validation in the schema of %s', (_, request) => {
  const undecided = () => eventGridWorld(() => answer(200), { publicUrl });

  it('waits for the URL to be opened, and delivers nothing before', async () => {
    const { eventGrid, clock, notifications } = undecided();
    const result = await eventGrid.subscribe(request);
    expect(result).toMatchObject({ kind: 'awaitingManualAction', validationUrl: VALIDATION_URL });
    expect(eventGrid.subscriptions()).toMatchObject([{ provisioningState: 'AwaitingManualAction' }]);

    eventGrid.publish(FACTS.JobClosed);
    await clock.advance(10 * MINUTE - 1);
    expect(notifications()).toEqual([]);

    expect(eventGrid.validate('all-events', 'another code')).toBe(false);
    expect(eventGrid.validate('all-events', 'id-1')).toBe(true);
    expect(eventGrid.subscriptions()).toMatchObject([{ provisioningState: 'Succeeded' }]);
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    expect(notifications()).toHaveLength(1);
    expect(eventGrid.validate('all-events', 'id-1')).toBe(false);
  });

  it('fails when the URL is not opened within ten minutes', async () => {
    const { eventGrid, clock } = undecided();
    await eventGrid.subscribe(request);
    await clock.advance(10 * MINUTE);
    expect(eventGrid.subscriptions()).toMatchObject([{ provisioningState: 'Failed' }]);
    expect(eventGrid.validate('all-events', 'id-1')).toBe(false);
  });

  it('accepts a URL that is opened before the endpoint has answered', async () => {
    const world = eventGridWorld(
      () => {
        expect(world.eventGrid.validate('all-events', 'id-1')).toBe(true);
        return answer(200);
      },
      { publicUrl },
    );
    expect(await world.eventGrid.subscribe(request)).toMatchObject({ kind: 'active' });
  });
});
