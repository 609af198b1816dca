import { describe, expect, it } from 'vitest';
import type { ReplayDelivery } from '../../../../emulator/replay/readDeliveries.ts';
import {
  type Addressed,
  type ReplayTarget,
  replayRequest,
} from '../../../../emulator/replay/replayRequest.ts';

const CLOSED = 'Microsoft.Communication.RouterJobClosed';

const TARGET: ReplayTarget = {
  url: 'http://127.0.0.1:7071',
  subscriptions: {
    acceptOffer: ['Microsoft.Communication.RouterWorkerOfferIssued'],
    tidyJob: ['Microsoft.Communication.RouterJobCancelled', CLOSED],
  },
  webhook: false,
};

const delivery = (event: unknown, to?: ReplayDelivery['to']): ReplayDelivery => ({
  name: 'RouterJobClosed/voice.json',
  events: [event],
  ...(to && { to }),
});

/** The request that is to be made; fails when there is none. */
function requestOf(addressed: Addressed) {
  if ('notSent' in addressed) throw new Error(`Not sent: ${addressed.notSent}`);
  return addressed.request;
}

const HOOK = 'http://127.0.0.1:7071/runtime/webhooks/EventGrid?functionName=';
const WEBHOOK = 'http://127.0.0.1:7071/api/router-events';

describe('a replayed event goes', () => {
  it.each([
    ['of Event Grid', { id: '1', eventType: CLOSED }],
    ['of CloudEvents', { id: '1', type: CLOSED, specversion: '1.0' }],
  ])('to the function subscribed to its type, in the schema %s', (_schema, event) => {
    const addressed = replayRequest(delivery(event), TARGET);
    expect(addressed).toMatchObject({ to: 'tidyJob', request: { url: `${HOOK}tidyJob` } });
  });

  it('to the function its story names, whatever its type', () => {
    const addressed = replayRequest(delivery({ eventType: CLOSED }, { functionName: 'acceptOffer' }), TARGET);
    expect(addressed).toMatchObject({ to: 'acceptOffer', request: { url: `${HOOK}acceptOffer` } });
  });

  it('to the webhook where its story says so', () => {
    const addressed = replayRequest(delivery({ eventType: CLOSED }, 'webhook'), TARGET);
    expect(addressed).toMatchObject({ to: 'receiveRouterEvents', request: { url: WEBHOOK } });
  });

  it('to the webhook when that was asked for, whatever its story says', () => {
    const told = delivery({ eventType: CLOSED }, { functionName: 'acceptOffer' });
    const addressed = replayRequest(told, { ...TARGET, webhook: true });
    expect(addressed).toMatchObject({ to: 'receiveRouterEvents', request: { url: WEBHOOK } });
  });

  it.each([
    ['type', delivery({ eventType: CLOSED })],
    ['story', delivery({ eventType: CLOSED }, 'webhook')],
    ['lack of a type', delivery({})],
    ['not being an object', delivery('text')],
  ])('to the function that was asked for, whatever its %s', (_what, given) => {
    const addressed = replayRequest(given, { ...TARGET, functionName: 'completeJob', webhook: true });
    expect(addressed).toMatchObject({ to: 'completeJob', request: { url: `${HOOK}completeJob` } });
  });

  it.each([
    [
      'a type without subscription',
      { eventType: 'Microsoft.Communication.RouterJobQueued' },
      'RouterJobQueued',
    ],
    ['a type of another service', { type: 'Other.Thing' }, 'Other.Thing'],
    ['no type', { id: '1' }, 'an event without a type'],
    ['a type that is no text', { eventType: 7 }, 'an event without a type'],
    ['no members at all', null, 'an event without a type'],
  ])('nowhere when it has %s, and the reason says how to send it', (_case, event, what) => {
    expect(replayRequest(delivery(event), TARGET)).toEqual({
      notSent: `no function is subscribed to ${what}; --function <name> sends it all the same`,
    });
  });
});

describe('the request of a replay', () => {
  const event = { id: 'event-1', eventType: CLOSED, data: { jobId: 'job-1' } };

  it('is a first notification of Event Grid, its events in an array', () => {
    const request = requestOf(replayRequest(delivery(event), TARGET));
    expect(request.method).toBe('POST');
    expect(request.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': 'TIDYJOB',
      'aeg-delivery-count': '0',
      'aeg-output-event-id': 'event-1',
    });
    expect(JSON.parse(request.body ?? '')).toEqual([event]);
  });

  it('carries a CloudEvent by itself', () => {
    const cloudEvent = { id: 'event-1', type: CLOSED, specversion: '1.0' };
    const request = requestOf(replayRequest(delivery(cloudEvent), TARGET));
    expect(request.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(JSON.parse(request.body ?? '')).toEqual(cloudEvent);
  });

  it('carries all events of a batch', () => {
    const batch: ReplayDelivery = { name: 'batch', events: [event, { id: 'event-2' }], to: 'webhook' };
    const request = requestOf(replayRequest(batch, TARGET));
    expect(request.headers['aeg-subscription-name']).toBe('REPLAY');
    expect(JSON.parse(request.body ?? '')).toEqual([event, { id: 'event-2' }]);
  });

  it.each([
    ['function', undefined, `${HOOK}tidyJob&code=a%2Fkey%3D%3D`],
    ['webhook', 'webhook' as const, `${WEBHOOK}?code=a%2Fkey%3D%3D`],
  ])('carries the key of a %s in its address', (_kind, to, url) => {
    const request = requestOf(replayRequest(delivery(event, to), { ...TARGET, code: 'a/key==' }));
    expect(request.url).toBe(url);
  });

  it('goes to the root of the host, whatever path its address has', () => {
    const request = requestOf(replayRequest(delivery(event), { ...TARGET, url: 'https://app.test/some/' }));
    expect(request.url).toBe('https://app.test/runtime/webhooks/EventGrid?functionName=tidyJob');
  });
});
