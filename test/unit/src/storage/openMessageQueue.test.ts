import { expect, it } from 'vitest';
import { connectionStringOf } from '../../../../emulator/azurite.ts';
import { type Clock, systemClock } from '../../../../src/clock.ts';
import { messageQueues } from '../../../../src/storage/openMessageQueue.ts';
import { startAnsweringServer } from '../../../support/answeringServer.ts';

/** With less patience than the app has. */
const hasty: Clock = { ...systemClock, deadline: () => systemClock.deadline(200) };

const queueAt = (url: string, clock: Clock) =>
  messageQueues({ kind: 'connectionString', connectionString: connectionStringOf(url) }, clock)('it');

it('an account that takes connections and stays silent is given up in time', async () => {
  await using server = await startAnsweringServer('silence');
  const queue = queueAt(server.connection.endpoint.replace(/\/$/, ''), hasty);
  expect(await queue.put('text', 0)).toEqual({ kind: 'unavailable', message: 'no answer in time' });
});

it('an account that refuses connections is said to, in one line', async () => {
  const { kind, ...said } = await queueAt('http://127.0.0.1:9', systemClock).peek(1);
  expect({ kind, ...said }).toEqual({
    kind: 'unavailable',
    message: expect.stringMatching(/ECONNREFUSED[^\n]*$/),
  });
});

it.each([
  ['now', -5, '0'],
  ['in a part of a second', 0.2, '1'],
  ['at its time', 90, '90'],
  ['no later than the storage can hide it', 8 * 24 * 3600, '604800'],
])('a message is seen %s, and never expires', async (_when, delaySeconds, hiddenFor) => {
  await using server = await startAnsweringServer(({ method }) => ({ status: method === 'PUT' ? 204 : 201 }));
  await queueAt(server.connection.endpoint.replace(/\/$/, ''), systemClock).put('text', delaySeconds);
  const { url = '' } = server.seen.find(({ method }) => method === 'POST') ?? {};
  const { searchParams } = new URL(url, server.connection.endpoint);
  expect(searchParams.get('messagettl')).toBe('-1');
  expect(searchParams.get('visibilitytimeout') ?? '0').toBe(hiddenFor);
});

it('a queue that was deleted meanwhile is created again', async () => {
  const asked: string[] = [];
  let isGone = false;
  await using server = await startAnsweringServer(({ method, url }) => {
    asked.push(`${method} ${url.split('?')[0]}`);
    if (method === 'PUT') return { status: 201 };
    return isGone ? { status: 404, headers: { 'x-ms-error-code': 'QueueNotFound' } } : { status: 204 };
  });
  const queue = queueAt(server.connection.endpoint.replace(/\/$/, ''), systemClock);
  const message = { id: 'm', text: '', receipt: 'r' };
  expect((await queue.remove(message)).kind).toBe('ok');
  isGone = true;
  expect((await queue.remove(message)).kind).toBe('unavailable');
  isGone = false;
  expect((await queue.remove(message)).kind).toBe('ok');
  expect(asked.filter((one) => one.startsWith('PUT'))).toHaveLength(2);
});
