import { describe, expect, it } from 'vitest';
import { listParkedEventsEndpoint, resendParkedEventsEndpoint } from '../../../../src/http/parkedEvents.ts';
import { parkedEvent, readParkedEvent } from '../../../../src/parking/parkedEvent.ts';
import { parkIn } from '../../../../src/parking/parking.ts';
import { noMessageQueue } from '../../../../src/storage/messageQueue.ts';
import { askEndpoint } from '../../../support/askEndpoint.ts';
import { queueInMemory } from '../../../support/queueInMemory.ts';
import { testApp } from '../../../support/testApp.ts';

const at = new Date('2026-03-02T09:00:00Z');
const harmless = { id: 'e-1', eventType: 'Microsoft.Communication.RouterJobQueued', data: {} };
const unreadable = { id: 'e-2' };
const parked = (event: unknown, functionName = 'acceptOffer') =>
  JSON.stringify(parkedEvent('why', at, functionName, event));

describe('parking', () => {
  it('keeps an event whole in the queue, compressed where it is long', async () => {
    const queue = queueInMemory();
    const long = { ...harmless, data: { note: 'again and '.repeat(10_000) } };
    for (const event of [harmless, long]) {
      expect(await parkIn(queue)(parkedEvent('why', at, 'acceptOffer', event))).toEqual({ kind: 'kept' });
    }
    expect(queue.texts().map(readParkedEvent)).toMatchObject([{ event: harmless }, { event: long }]);
    expect(queue.delays).toEqual([0, 0]);
  });

  it('leaves the message to the host where there is no storage account', async () => {
    const message = parkedEvent('why', at, 'acceptOffer', harmless);
    expect(await parkIn(undefined)(message)).toEqual({ kind: 'leftToHost', text: JSON.stringify(message) });
  });

  it('says so when nothing was kept', async () => {
    expect((await parkIn(noMessageQueue())(parkedEvent('why', at, 'closeJob', harmless))).kind).toBe(
      'unavailable',
    );
  });
});

describe('the list of parked events', () => {
  it('shows them whole and with the reason, and leaves them where they are', async () => {
    const queue = queueInMemory(parked(harmless), 'hello');
    const list = await askEndpoint(listParkedEventsEndpoint, { parked: queue });
    expect(list).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(String(list.body))).toMatchObject({
      count: 2,
      events: [
        { reason: 'why', parkedAt: at.toISOString(), function: 'acceptOffer', event: harmless },
        { unreadable: expect.stringContaining('not JSON'), text: 'hello' },
      ],
    });
    expect(queue.texts()).toHaveLength(2);
  });

  it('shows one that is deeper than JSON.stringify reaches, too', async () => {
    const queue = queueInMemory();
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    await parkIn(queue)(parkedEvent('why', at, 'acceptOffer', JSON.parse(deep)));
    const { body } = await askEndpoint(listParkedEventsEndpoint, { parked: queue });
    expect(String(body).includes(`"event":${deep}`)).toBe(true);
  });

  it('is answered 503 with the name of the setting where there is no storage account', async () => {
    const { status, body } = await askEndpoint(listParkedEventsEndpoint, { parked: noMessageQueue() });
    expect(status).toBe(503);
    expect(JSON.parse(String(body))).toMatchObject({
      type: 'urn:problem-type:job-router-functions:storageUnavailable',
      detail: expect.stringContaining('AzureWebJobsStorage'),
    });
  });
});

describe('resending', () => {
  it('removes what is handled now, and leaves the rest to be seen', async () => {
    const queue = queueInMemory(parked(unreadable), parked(harmless), 'hello');
    const app = testApp({ parked: queue });
    const answer = await askEndpoint(resendParkedEventsEndpoint, app);
    expect(answer).toMatchObject({
      status: 200,
      jsonBody: {
        events: [
          { outcome: 'parked', removed: false },
          { outcome: 'ignored', removed: true },
          { outcome: 'unreadable', removed: false },
        ],
      },
    });
    expect(queue.texts()).toEqual([parked(unreadable), 'hello']);
    expect(await queue.peek(32)).toMatchObject({ value: { length: 2 } });
  });

  it('takes no more than the limit, the oldest first', async () => {
    const queue = queueInMemory(parked(harmless), parked(harmless));
    await askEndpoint(resendParkedEventsEndpoint, { parked: queue }, { limit: 1 });
    expect(queue.texts()).toHaveLength(1);
  });

  it.each([{ limit: 0 }, { limit: 33 }, { limit: '1' }, { all: true }])('refuses %j', async (body) => {
    const app = testApp({ parked: queueInMemory() });
    expect((await askEndpoint(resendParkedEventsEndpoint, app, body)).status).toBe(400);
  });

  const deferral = {
    kind: 'completion',
    rule: 'voice',
    jobId: 'job-1',
    assignmentId: 'a-1',
    attempt: 1,
    firstDeferredAt: '2026-03-01T09:00:00Z',
  };

  it('takes what somebody sent for the event it is not, even where it looks like something put off', async () => {
    const queue = queueInMemory(parked(deferral, 'receiveRouterEvents'));
    const app = testApp({ parked: queue });
    const answer = await askEndpoint(resendParkedEventsEndpoint, app);
    expect(answer.jsonBody).toMatchObject({ events: [{ outcome: 'parked', removed: false }] });
    expect(app.deferred).toEqual([]);
  });

  it('puts back into its queue what had been put off', async () => {
    const queue = queueInMemory(parked(deferral, 'resumeDeferredWork'));
    const app = testApp({ parked: queue });
    const answer = await askEndpoint(resendParkedEventsEndpoint, app);
    expect(answer.jsonBody).toMatchObject({ events: [{ outcome: 'deferred', removed: true }] });
    expect(app.deferred).toMatchObject([{ deferral }]);
  });
});
