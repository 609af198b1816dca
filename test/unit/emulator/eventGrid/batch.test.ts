import { describe, expect, it } from 'vitest';
import { takeBatch } from '../../../../emulator/eventGrid/batch.ts';
import { answer, subscribedWorld } from '../../../support/eventGridWorld.ts';
import { FACTS, NINE_AM } from '../../../support/routerFacts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('a batch', () => {
  it.each([
    ['one event when batching is off', 1, 64, [1, 1, 1], 1],
    ['no more events than asked for', 2, 64, [1, 1, 1], 2],
    ['what is there, without waiting for more', 10, 64, [1, 1, 1], 3],
    ['what fits into the preferred size', 10, 1, [600, 424, 1], 2],
    ['an event that is larger than that, by itself', 10, 1, [5000, 1], 1],
    ['nothing when nothing waits', 10, 1, [], 0],
  ])('has %s', (_, maxEventsPerBatch, preferredBatchSizeInKilobytes, sizes, taken) => {
    const waiting = [...sizes];
    const policy = { maxEventsPerBatch, preferredBatchSizeInKilobytes };
    expect(takeBatch(waiting, policy, (size) => size)).toEqual(sizes.slice(0, taken));
    expect(waiting).toEqual(sizes.slice(taken));
  });
});

describe('a subscription that batches', () => {
  const batching = { maxEventsPerBatch: 3 };
  const idsIn = (body = '[]') => JSON.parse(body).map(({ id }: { id: string }) => id);

  it('gets what was published together in one request', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(200), batching);
    for (let count = 0; count < 4; count += 1) eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    const ids = eventGrid.events().map(({ id }) => id);
    expect(notifications().map(({ body }) => idsIn(body))).toEqual([ids.slice(0, 3), ids.slice(3)]);
    expect(notifications()[0]?.headers['aeg-output-event-id']).toBe(ids[0]);
    expect(eventGrid.deliveries()).toMatchObject([
      { eventId: ids[0], batchSize: 3, result: 'delivered' },
      { eventId: ids[1], batchSize: 3, result: 'delivered' },
      { eventId: ids[2], batchSize: 3, result: 'delivered' },
      { eventId: ids[3], result: 'delivered' },
    ]);
  });

  it('gets CloudEvents as a list, even a single one', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(200), {
      ...batching,
      schema: 'CloudEventSchemaV1_0',
    });
    eventGrid.publish(FACTS.JobClosed);
    await clock.settle();
    const [request] = notifications();
    expect(request?.headers['content-type']).toBe('application/cloudevents-batch+json; charset=utf-8');
    expect(idsIn(request?.body)).toHaveLength(1);
  });

  it('gets a failed batch again as a whole, and is given up on as a whole', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(500), {
      ...batching,
      retryPolicy: { maxDeliveryAttempts: 2 },
    });
    for (let count = 0; count < 2; count += 1) eventGrid.publish({ ...FACTS.JobClosed, at: NINE_AM });
    await clock.advance(MINUTE);
    expect(notifications().map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '1']);
    expect(notifications()[1]?.body).toBe(notifications()[0]?.body);
    expect(eventGrid.deadLetters().map(({ eventId }) => eventId)).toEqual(
      eventGrid.events().map(({ id }) => id),
    );
  });
});
