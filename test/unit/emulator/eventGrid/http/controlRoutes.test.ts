import inject from 'light-my-request';
import { describe, expect, it } from 'vitest';
import { controlRoutes } from '../../../../../emulator/eventGrid/http/controlRoutes.ts';
import { controlServer } from '../../../../support/controlServer.ts';
import {
  answer,
  type Endpoint,
  type EventGridWorld,
  eventGridWorld,
  FUNCTION,
  WEBHOOK,
  willing,
} from '../../../../support/eventGridWorld.ts';
import { FACTS } from '../../../../support/routerFacts.ts';

/** The routes in front of a world whose endpoint behaves as given; answers are parsed. */
function control(endpoint: Endpoint): {
  readonly world: EventGridWorld;
  ask(
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }>;
} {
  const world = eventGridWorld(endpoint, { publicUrl: () => 'http://127.0.0.1:7080' });
  const server = controlServer(controlRoutes(world.eventGrid));
  return {
    world,
    async ask(method, path, payload) {
      const url = `/_emulator/${path}`;
      const response = await inject(server.handle, { method, url, ...(payload ? { payload } : {}) });
      return { status: response.statusCode, body: response.body === '' ? '' : response.json() };
    },
  };
}

describe('the control routes', () => {
  it('make, show and delete a subscription, without showing its secrets', async () => {
    const { ask } = control(willing(() => answer(200)));
    const shown = {
      name: 'mine',
      endpoint: 'https://app.example/hook',
      schema: 'EventGridSchema',
      filter: { includedEventTypes: ['Microsoft.Communication.RouterJobClosed'] },
      retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 },
      deliveryHeaders: ['x-secret'],
      maxEventsPerBatch: 1,
      preferredBatchSizeInKilobytes: 64,
      provisioningState: 'Succeeded',
    };
    const made = await ask('PUT', 'subscriptions/mine', {
      endpoint: WEBHOOK,
      filter: { includedEventTypes: ['RouterJobClosed'] },
      deliveryHeaders: { 'x-secret': 'open sesame' },
    });
    expect(made).toEqual({ status: 200, body: shown });
    expect(await ask('GET', 'subscriptions')).toEqual({ status: 200, body: { value: [shown] } });
    expect(await ask('GET', 'subscriptions?subscription=other')).toMatchObject({ body: { value: [] } });
    expect(await ask('DELETE', 'subscriptions/mine')).toEqual({ status: 204, body: '' });
    expect(await ask('DELETE', 'subscriptions/mine')).toMatchObject({
      status: 404,
      body: { error: { code: 'NotFound' } },
    });
  });

  it('answer a failed handshake with 400 and the whole story', async () => {
    const { ask } = control(() => answer(404));
    expect(await ask('PUT', 'subscriptions/mine', { endpoint: FUNCTION })).toEqual({
      status: 400,
      body: {
        error: {
          code: 'HandshakeFailed',
          message: expect.stringContaining('received status 404'),
          sent: `a SubscriptionValidation event (POST) to ${FUNCTION}`,
          received: 'status 404 with an empty body',
          wanted: expect.stringContaining('validationResponse'),
          fix: expect.stringContaining('functionName'),
        },
      },
    });
  });

  it.each<[string, object | undefined, string]>([
    ['no body', undefined, 'expected object'],
    ['no endpoint', {}, 'absolute http or https URL'],
    ['a misspelled member', { endpoint: WEBHOOK, filters: {} }, 'filters'],
    [
      'an unknown type',
      { endpoint: WEBHOOK, filter: { includedEventTypes: ['JobDone'] } },
      'RouterJobClosed',
    ],
  ])('answer a subscription with %s with 400', async (_, body, expected) => {
    const { ask, world } = control(willing(() => answer(200)));
    expect(await ask('PUT', 'subscriptions/mine', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'InvalidRequest', message: expect.stringContaining(expected) } },
    });
    expect(world.sent).toEqual([]);
  });

  it('answer 202 while the validation URL waits to be opened, and validate when it is', async () => {
    const { ask } = control(() => answer(200));
    const made = await ask('PUT', 'subscriptions/mine', { endpoint: WEBHOOK });
    const validationUrl = 'http://127.0.0.1:7080/_emulator/validate?subscription=mine&code=id-1';
    expect(made).toMatchObject({
      status: 202,
      body: {
        provisioningState: 'AwaitingManualAction',
        validationUrl,
        problem: { fix: expect.any(String) },
      },
    });
    expect(await ask('GET', 'validate?subscription=mine')).toMatchObject({ status: 400 });
    expect(await ask('GET', 'validate?subscription=mine&code=wrong')).toMatchObject({ status: 400 });
    expect(await ask('GET', 'validate?subscription=mine&code=id-1')).toMatchObject({ status: 200 });
    expect(await ask('GET', 'subscriptions')).toMatchObject({
      body: { value: [{ provisioningState: 'Succeeded' }] },
    });
  });

  it('list events, attempts and dead letters by type and subscription, the newest only when limited', async () => {
    const { ask, world } = control(willing(({ url }) => answer(url === WEBHOOK ? 400 : 500)));
    await world.eventGrid.subscribe({ name: 'bad', endpoint: WEBHOOK });
    await world.eventGrid.subscribe({ name: 'busy', endpoint: FUNCTION });
    for (const type of ['JobReceived', 'JobQueued', 'JobClosed'] as const) {
      world.eventGrid.publish(FACTS[type]);
    }
    await world.clock.settle();
    const count = async (path: string) => {
      const { body } = await ask('GET', path);
      return (body as { value: unknown[] }).value.length;
    };
    expect(await count('events')).toBe(3);
    expect(await count('events?type=RouterJobQueued')).toBe(1);
    expect(await count('deliveries')).toBe(6);
    expect(await count('deliveries?type=Microsoft.Communication.RouterJobQueued')).toBe(2);
    expect(await count('deliveries?subscription=busy&type=RouterJobQueued')).toBe(1);
    expect(await count('dead-letters')).toBe(3);
    expect(await count('dead-letters?subscription=busy')).toBe(0);

    expect(await ask('GET', 'events?limit=1')).toMatchObject({
      body: { value: [{ eventType: 'Microsoft.Communication.RouterJobClosed', dataVersion: '1.0' }] },
    });
    expect(await ask('GET', 'deliveries?subscription=busy&limit=1')).toEqual({
      status: 200,
      body: {
        value: [
          {
            time: '2026-03-02T09:00:00.0000000Z',
            subscription: 'busy',
            eventId: 'id-7',
            eventType: 'Microsoft.Communication.RouterJobClosed',
            attempt: 1,
            outcome: { kind: 'answered', status: 500 },
            result: 'willRetry',
            nextAttemptTime: '2026-03-02T09:00:10.0000000Z',
          },
        ],
      },
    });
    expect(await ask('GET', 'events?limit=many')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^limit: /) } },
    });
    expect(await ask('GET', 'events?type=RouterJobTeleported')).toMatchObject({ status: 400 });
  });
});
