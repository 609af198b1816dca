import { expect, it } from 'vitest';
import { handleOrPark } from '../../../../src/handling/handleOrPark.ts';
import { parkIn } from '../../../../src/parking/parking.ts';
import { noMessageQueue } from '../../../../src/storage/messageQueue.ts';
import { queueInMemory } from '../../../support/queueInMemory.ts';
import { type TestApp, testApp } from '../../../support/testApp.ts';

const UNREADABLE = { id: 'e-1' };

async function handle(park: TestApp['park']) {
  const leftToHost: string[] = [];
  const outcome = await handleOrPark(UNREADABLE, {
    functionName: 'acceptOffer',
    app: testApp({ park }),
    log: () => {},
    leaveToHost: (text) => leftToHost.push(text),
  });
  return { outcome, leftToHost };
}

it('an event that is kept is acknowledged', async () => {
  const queue = queueInMemory();
  const { outcome, leftToHost } = await handle(parkIn(queue));
  expect(outcome.kind).toBe('parked');
  expect(queue.texts()).toEqual([expect.stringContaining('"event":{"id":"e-1"}')]);
  expect(leftToHost).toEqual([]);
});

it('an event that only the host can keep is handed to it, and acknowledged', async () => {
  const { outcome, leftToHost } = await handle(parkIn(undefined));
  expect(outcome.kind).toBe('parked');
  expect(leftToHost).toEqual([expect.stringContaining('"event":{"id":"e-1"}')]);
});

it('an event that could not be kept must come again, and both reasons are told', async () => {
  const { outcome, leftToHost } = await handle(parkIn(noMessageQueue()));
  expect(outcome).toEqual({
    kind: 'mustRetry',
    cause: expect.stringMatching(
      /^the event could not be parked: no storage .*it was to be because not an event/,
    ),
  });
  expect(leftToHost).toEqual([]);
});
