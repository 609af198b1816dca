import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../emulator/clock/clock.ts';
import { eventTimeText } from '../../../../emulator/eventGrid/eventTime.ts';
import { NoAnswer, type ReceivedAnswer } from '../../../../emulator/eventGrid/send.ts';
import { answer, FUNCTION, subscribedWorld, WEBHOOK } from '../../../support/eventGridWorld.ts';
import { FACT_TYPES, FACTS, NINE_AM } from '../../../support/routerFacts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const failing = (status: number) => () => answer(status);
const timingOut = () => Promise.reject(new NoAnswer('TimedOut', 'no answer within 30 s'));

describe('a delivery', () => {
  it('in the Event Grid schema is an array of one event with the documented headers', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(200), {
      deliveryHeaders: { 'x-secret': 'open sesame' },
    });
    eventGrid.publish(FACTS.WorkerDeregistered);
    await clock.settle();
    const [request] = notifications();
    expect(request).toMatchObject({ method: 'POST', url: WEBHOOK, answerWithinMilliseconds: 30_000 });
    expect(request?.headers).toStrictEqual({
      'x-secret': 'open sesame',
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': 'ALL-EVENTS',
      'aeg-delivery-count': '0',
      'aeg-data-version': '1.0',
      'aeg-metadata-version': '1',
      'aeg-output-event-id': 'id-3',
    });
    expect(JSON.parse(request?.body ?? '')).toStrictEqual([
      {
        id: 'id-3',
        topic: eventGrid.topic,
        subject: 'worker/worker-1',
        data: { workerId: 'worker-1' },
        eventType: 'Microsoft.Communication.RouterWorkerDeregistered',
        dataVersion: '1.0',
        metadataVersion: '1',
        eventTime: '2026-03-02T09:01:00.0000000Z',
      },
    ]);
  });

  it('in CloudEvents is a single event', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(
      () => answer(200),
      { schema: 'CloudEventSchemaV1_0' },
      { topic: '/subscriptions/mine' },
    );
    eventGrid.publish(FACTS.WorkerDeregistered);
    await clock.settle();
    const [request] = notifications();
    expect(request?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(JSON.parse(request?.body ?? '')).toStrictEqual({
      id: 'id-3',
      source: '/subscriptions/mine',
      subject: 'worker/worker-1',
      data: { workerId: 'worker-1' },
      type: 'Microsoft.Communication.RouterWorkerDeregistered',
      time: '2026-03-02T09:01:00.0000000Z',
      specversion: '1.0',
    });
  });

  it('goes to every subscription that wants the event, under the same id', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(200));
    await eventGrid.subscribe({ name: 'another-one', endpoint: FUNCTION, schema: 'CloudEventSchemaV1_0' });
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    expect(notifications().map(({ url }) => url)).toEqual([WEBHOOK, FUNCTION]);
    expect(new Set(notifications().map(({ headers }) => headers['aeg-output-event-id'])).size).toBe(1);
  });

  it('waits for publish to return, and starts in the order of publication', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(200));
    for (const type of FACT_TYPES) eventGrid.publish(FACTS[type]);
    expect(notifications()).toEqual([]);
    await clock.settle();
    const delivered = notifications().map(({ headers }) => headers['aeg-output-event-id']);
    expect(delivered).toEqual(eventGrid.events().map(({ id }) => id));
  });

  it.each([200, 201, 202, 203, 204])('is done when the endpoint answers %i', async (status) => {
    const { eventGrid, clock, notifications } = await subscribedWorld(failing(status));
    eventGrid.publish(FACTS.JobClosed);
    await clock.advance(2 * DAY);
    expect(notifications()).toHaveLength(1);
    expect(eventGrid.deliveries()).toEqual([
      {
        at: NINE_AM,
        subscription: 'all-events',
        eventId: 'id-3',
        eventType: 'Microsoft.Communication.RouterJobClosed',
        attempt: 1,
        outcome: { kind: 'answered', status },
        result: 'delivered',
      },
    ]);
  });
});

describe('a failed delivery', () => {
  /** Pauses between attempts, in seconds, until the event was given up. */
  async function pauses(
    deliver: () => ReceivedAnswer | Promise<ReceivedAnswer>,
    { endpoint = WEBHOOK, random = 0 } = {},
  ) {
    const { eventGrid, clock } = await subscribedWorld(deliver, { endpoint }, { random: () => random });
    eventGrid.publish({ ...FACTS.JobClosed, at: NINE_AM });
    await clock.advance(2 * DAY);
    const times = eventGrid.deliveries().map(({ at }) => at);
    return times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / SECOND);
  }

  it('is repeated on the documented schedule for a day', async () => {
    expect(await pauses(failing(500))).toEqual([10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 43_200]);
  });

  it('spreads its repetitions a little', async () => {
    expect((await pauses(failing(500), { random: 0.5 })).slice(0, 4)).toEqual([10.5, 31.5, 63, 315]);
  });

  it.each<[string, () => ReceivedAnswer | Promise<ReceivedAnswer>, string, readonly number[]]>([
    ['a webhook is busy (503)', failing(503), WEBHOOK, [30, 30, 60]],
    ['a webhook answers 408', failing(408), WEBHOOK, [120, 120, 120, 300]],
    ['a webhook answers 404', failing(404), WEBHOOK, [10, 30, 60]],
    ['a function answers 404', failing(404), FUNCTION, [300, 300, 300, 300, 600]],
    ['a function answers 401', failing(401), FUNCTION, [300, 300, 300, 300, 600]],
    ['a redirect comes back', failing(302), WEBHOOK, [10, 30, 60]],
    ['205 comes back', failing(205), WEBHOOK, [10, 30, 60]],
    ['nothing comes back in time', timingOut, WEBHOOK, [10, 30, 60]],
    ['the sender breaks', () => Promise.reject(new Error('reset')), WEBHOOK, [10, 30, 60]],
  ])('pauses as documented when %s', async (_, deliver, endpoint, expected) => {
    expect((await pauses(deliver, { endpoint })).slice(0, expected.length)).toEqual(expected);
  });

  it('counts its attempts in the header and in the record', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(({ headers }) =>
      answer(headers['aeg-delivery-count'] === '2' ? 200 : 500),
    );
    eventGrid.publish(FACTS.JobClosed);
    await clock.advance(DAY);
    expect(notifications().map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '1', '2']);
    expect(eventGrid.deliveries()).toMatchObject([
      { attempt: 1, result: 'willRetry', nextAttemptAt: NINE_AM + 10 * SECOND },
      { attempt: 2, result: 'willRetry', nextAttemptAt: NINE_AM + 40 * SECOND },
      { attempt: 3, result: 'delivered' },
    ]);
    expect(eventGrid.deadLetters()).toEqual([]);
  });

  it.each([
    [400, WEBHOOK, 'UndeliverableDueToHttpBadRequest', 'BadRequest'],
    [401, WEBHOOK, 'UndeliverableDueToHttpUnauthorized', 'Unauthorized'],
    [403, WEBHOOK, 'UndeliverableDueToHttpForbidden', 'Forbidden'],
    [413, WEBHOOK, 'UndeliverableDueToHttpRequestEntityTooLarge', 'RequestEntityTooLarge'],
    [400, FUNCTION, 'UndeliverableDueToHttpBadRequest', 'BadRequest'],
    [403, FUNCTION, 'UndeliverableDueToHttpForbidden', 'Forbidden'],
    [413, FUNCTION, 'UndeliverableDueToHttpRequestEntityTooLarge', 'RequestEntityTooLarge'],
  ])('with %i from %s is never repeated', async (status, endpoint, reason, outcome) => {
    const { eventGrid, clock, notifications } = await subscribedWorld(failing(status), { endpoint });
    eventGrid.publish(FACTS.JobClosed);
    await clock.advance(2 * DAY);
    expect(notifications()).toHaveLength(1);
    expect(eventGrid.deliveries()).toMatchObject([{ result: 'deadLettered' }]);
    expect(eventGrid.deadLetters()).toMatchObject([
      { deadLetterReason: reason, deliveryAttempts: 1, lastDeliveryOutcome: outcome },
    ]);
  });

  it('is given up after the attempts the policy allows', async () => {
    const { eventGrid, clock } = await subscribedWorld(timingOut, {
      retryPolicy: { maxDeliveryAttempts: 3 },
    });
    eventGrid.publish({ ...FACTS.JobClosed, at: NINE_AM });
    await clock.advance(40 * SECOND);
    expect(eventGrid.deadLetters()).toMatchObject([
      {
        deadLetterReason: 'MaxDeliveryAttemptsExceeded',
        deliveryAttempts: 3,
        lastDeliveryOutcome: 'TimedOut',
        lastDeliveryAttemptTime: eventTimeText(clock.now()),
      },
    ]);
  });

  it('looks at the time to live only when the next attempt is due', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(failing(500), {
      retryPolicy: { eventTimeToLiveInMinutes: 1 },
    });
    eventGrid.publish({ ...FACTS.JobClosed, at: NINE_AM });
    await clock.advance(99 * SECOND);
    expect(eventGrid.deadLetters()).toEqual([]);
    await clock.advance(1 * SECOND);
    expect(notifications()).toHaveLength(3);
    expect(eventGrid.deadLetters()).toMatchObject([
      {
        deadLetterReason: 'TimeToLiveExceeded',
        deliveryAttempts: 3,
        lastDeliveryOutcome: 'GenericError',
        publishTime: '2026-03-02T09:00:00.0000000Z',
        lastDeliveryAttemptTime: '2026-03-02T09:00:40.0000000Z',
      },
    ]);
  });

  it('leaves a dead letter with the whole event, spelled as its schema allows', async () => {
    const world = await subscribedWorld(failing(400));
    await world.eventGrid.subscribe({ name: 'cloud', endpoint: WEBHOOK, schema: 'CloudEventSchemaV1_0' });
    world.eventGrid.publish({ ...FACTS.WorkerDeregistered, at: NINE_AM });
    await world.clock.settle();
    const nine = '2026-03-02T09:00:00.0000000Z';
    const event = { subject: 'worker/worker-1', data: { workerId: 'worker-1' } };
    expect(world.eventGrid.deadLetters().map(({ document }) => document)).toMatchObject([
      {
        ...event,
        eventType: 'Microsoft.Communication.RouterWorkerDeregistered',
        deadLetterReason: 'UndeliverableDueToHttpBadRequest',
        deliveryAttempts: 1,
        lastDeliveryOutcome: 'BadRequest',
        publishTime: nine,
        lastDeliveryAttemptTime: nine,
      },
      {
        ...event,
        type: 'Microsoft.Communication.RouterWorkerDeregistered',
        deadletterreason: 'UndeliverableDueToHttpBadRequest',
        deliveryattempts: 1,
        lastdeliveryoutcome: 'BadRequest',
        publishtime: nine,
        lastdeliveryattempttime: nine,
      },
    ]);
  });

  it('loses no event, whatever the endpoint does: each is delivered or dead-lettered, and only once', async () => {
    const statuses = [200, 202, 400, 401, 404, 408, 413, 429, 500, 503, 0];
    const anAnswer = fc.constantFrom(...statuses);
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(anAnswer),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        async (answers, maxDeliveryAttempts, eventTimeToLiveInMinutes) => {
          const { eventGrid, clock } = await subscribedWorld(
            () => {
              const status: number = answers.next().value ?? 200;
              return status === 0 ? timingOut() : answer(status);
            },
            { retryPolicy: { maxDeliveryAttempts, eventTimeToLiveInMinutes } },
          );
          for (const type of FACT_TYPES) eventGrid.publish({ ...FACTS[type], at: NINE_AM });
          await clock.advance(2 * DAY);
          const delivered = eventGrid.deliveries().filter(({ result }) => result === 'delivered');
          const settled = [...delivered, ...eventGrid.deadLetters()].map(({ eventId }) => eventId);
          expect(settled.toSorted()).toEqual(
            eventGrid
              .events()
              .map(({ id }) => id)
              .toSorted(),
          );
          expect(clock.nextDue()).toBeUndefined();
        },
      ),
      { seed: 20260302, numRuns: 60 },
    );
  });
});

describe('deliveries', () => {
  it('of one subscription run side by side up to a limit, and the rest follows in order', async () => {
    const held = Promise.withResolvers<ReceivedAnswer>();
    const started: string[] = [];
    const runs: Parameters<Clock['at']>[1][] = [];
    const collectRun: Clock['at'] = (_, run) => {
      runs.push(run);
      return () => {};
    };
    const world = await subscribedWorld(
      ({ headers }) => {
        started.push(headers['aeg-output-event-id'] ?? '');
        return held.promise;
      },
      {},
      { clock: { now: () => NINE_AM, at: collectRun } },
    );
    for (let count = 0; count < 20; count += 1) world.eventGrid.publish(FACTS.JobClosed);
    const running = runs.map((run) => run());
    expect(started).toHaveLength(16);

    let isIdle = false;
    const idle = world.eventGrid.idle().then(() => {
      isIdle = true;
    });
    expect(isIdle).toBe(false);
    held.resolve(answer(200));
    await Promise.all([...running, idle]);
    expect(started).toEqual(world.eventGrid.events().map(({ id }) => id));
  });

  it('end when Event Grid closes: nothing is sent any more and nothing is awaited', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(failing(500));
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    eventGrid.publish(FACTS.JobClosed);
    await eventGrid.close();
    eventGrid.publish(FACTS.JobClosed);
    await clock.advance(DAY);
    expect(notifications()).toHaveLength(1);
    await eventGrid.idle();
  });

  it('are announced as they end', async () => {
    const told: string[] = [];
    const { eventGrid, clock } = await subscribedWorld(
      () => answer(200),
      {},
      {
        onAttempt: ({ result, eventType }) => told.push(`${result} ${eventType}`),
      },
    );
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    expect(told).toEqual(['delivered Microsoft.Communication.RouterJobClosed']);
  });
});
