import { describe, expect, it } from 'vitest';
import type { SubscribeRequest } from '../../../../emulator/eventGrid/subscription.ts';
import {
  answer,
  eventGridWorld,
  FUNCTION,
  subscribedWorld,
  WEBHOOK,
  willing,
} from '../../../support/eventGridWorld.ts';
import { FACT_TYPES, FACTS } from '../../../support/routerFacts.ts';

const receivedTypes = (world: Awaited<ReturnType<typeof subscribedWorld>>) =>
  world.eventGrid
    .deliveries()
    .map(({ eventType }) => eventType.replace('Microsoft.Communication.Router', ''));

describe('a subscription', () => {
  it.each<[string, SubscribeRequest['filter'], readonly string[]]>([
    ['no filter', {}, FACT_TYPES],
    ['a short type', { includedEventTypes: ['RouterJobClosed'] }, ['JobClosed']],
    [
      'short and whole types',
      { includedEventTypes: ['RouterJobClosed', 'Microsoft.Communication.RouterJobCancelled'] },
      ['JobClosed', 'JobCancelled'],
    ],
    [
      'the beginning of a subject, in another case',
      { subjectBeginsWith: 'WORKER/worker-1/JOB/' },
      FACT_TYPES.filter((type) => type.startsWith('WorkerOffer')),
    ],
    [
      'the end of a subject',
      { subjectEndsWith: '/queue/Queue-1' },
      ['JobClassified', 'JobQueued', 'JobWorkerSelectorsExpired'],
    ],
    [
      'a type, a beginning and an end at once',
      { includedEventTypes: ['RouterJobReceived'], subjectBeginsWith: 'job/', subjectEndsWith: '/nowhere' },
      [],
    ],
  ])('with %s receives what it asks for', async (_, filter, expected) => {
    const world = await subscribedWorld(() => answer(200), { filter });
    for (const type of FACT_TYPES) world.eventGrid.publish(FACTS[type]);
    await world.clock.settle();
    expect(receivedTypes(world).toSorted()).toEqual(expected.toSorted());
    expect(world.eventGrid.events()).toHaveLength(FACT_TYPES.length);
  });

  it.each<[string, Partial<SubscribeRequest>, string]>([
    [
      'an unknown type',
      { filter: { includedEventTypes: ['RouterJobAssigned'] } },
      'RouterWorkerOfferAccepted',
    ],
    ['no attempts', { retryPolicy: { maxDeliveryAttempts: 0 } }, 'maxDeliveryAttempts'],
    ['31 attempts', { retryPolicy: { maxDeliveryAttempts: 31 } }, 'maxDeliveryAttempts'],
    ['more than a day to live', { retryPolicy: { eventTimeToLiveInMinutes: 1441 } }, 'eventTimeToLive'],
    ['a relative endpoint', { endpoint: '/hook' }, 'absolute http or https URL'],
    ['another protocol', { endpoint: 'ftp://app.example/hook' }, 'absolute http or https URL'],
    ['a name with spaces', { name: 'all events' }, 'letters, digits and hyphens'],
    ['a header of Event Grid', { deliveryHeaders: { 'AEG-event-type': 'x' } }, 'Event Grid'],
    ['a header of two lines', { deliveryHeaders: { 'x-note': 'a\r\nb' } }, 'one line'],
  ])('with %s is refused before anything is sent', async (_, request, expected) => {
    const { eventGrid, sent } = eventGridWorld(() => answer(200));
    const subscribing = eventGrid.subscribe({ name: 'all-events', endpoint: WEBHOOK, ...request });
    await expect(subscribing).rejects.toMatchObject({
      name: 'SubscriptionRefused',
      message: expect.stringContaining(expected),
      problem: { code: 'InvalidRequest' },
    });
    expect(sent).toEqual([]);
  });

  it('is replaced by one of the same name, retries of older events included', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(({ url }) =>
      answer(url === WEBHOOK ? 500 : 200),
    );
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    await eventGrid.subscribe({ name: 'all-events', endpoint: FUNCTION });
    expect(eventGrid.subscriptions()).toMatchObject([{ name: 'all-events', endpoint: FUNCTION }]);
    await clock.advance(10_000);
    expect(notifications().map(({ url }) => url)).toEqual([WEBHOOK, FUNCTION]);
  });

  it('stays as it was when the handshake of its replacement fails', async () => {
    const world = eventGridWorld((request) =>
      request.url === WEBHOOK ? willing(() => answer(200))(request) : answer(404),
    );
    await world.eventGrid.subscribe({ name: 'all-events', endpoint: WEBHOOK });
    await expect(world.eventGrid.subscribe({ name: 'all-events', endpoint: FUNCTION })).rejects.toThrow(
      '404',
    );
    expect(world.eventGrid.subscriptions()).toMatchObject([{ endpoint: WEBHOOK }]);
  });

  it('that was deleted receives nothing more, retries included', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(500));
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    expect(eventGrid.unsubscribe('all-events')).toBe(true);
    expect(eventGrid.unsubscribe('all-events')).toBe(false);
    eventGrid.publish(FACTS.JobClosed);
    await clock.advance(60_000);
    expect(notifications()).toHaveLength(1);
  });

  it('is not made when it was deleted during its handshake', async () => {
    const world = eventGridWorld((request) => {
      world.eventGrid.unsubscribe('all-events');
      return willing(() => answer(200))(request);
    });
    const subscribing = world.eventGrid.subscribe({ name: 'all-events', endpoint: WEBHOOK });
    await expect(subscribing).rejects.toMatchObject({ problem: { code: 'Superseded' } });
    expect(world.eventGrid.subscriptions()).toEqual([]);
  });
});
