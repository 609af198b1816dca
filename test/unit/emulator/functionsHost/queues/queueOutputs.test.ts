import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../../../../emulator/functionsHost/queues/queueOutputs.ts';
import type { QueueStore } from '../../../../../emulator/functionsHost/queues/queueStore.ts';
import { runApp } from '../support.ts';

const PARK = `
  const parked = output.storageQueue({ queueName: '%QUEUE%', connection: 'AzureWebJobsStorage' });
  app.http('park', { extraOutputs: [parked], handler: async (request, context) => {
    context.extraOutputs.set(parked, JSON.parse(await request.text()));
    if (request.query.has('fail')) throw new Error('after all not');
  } });
`;
const environment = () => ({ QUEUE: 'parked-events' });
const post = (value: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(value) });

describe('a queue output without a storage account', () => {
  it('keeps messages in memory and lists them', async () => {
    const { fetch, host } = await runApp(PARK, { environment: environment() });
    await fetch('/api/park', post('first'));
    await fetch('/api/park', post({ second: true }));

    const listed = await (await fetch('/admin/emulator/queues/parked-events')).json();
    expect(listed).toMatchObject({
      queue: 'parked-events',
      messages: [{ text: 'first' }, { text: '{"second":true}' }],
    });
    expect(await (await fetch('/admin/emulator/queues')).json()).toEqual({ queues: ['parked-events'] });
    expect(await host.queues.peek('parked-events')).toHaveLength(2);
    expect(await host.queues.peek('never-used')).toEqual([]);
  });

  it('sends nothing for a function that failed', async () => {
    const { fetch, host } = await runApp(PARK, { environment: environment() });
    const answer = await fetch('/api/park?fail', post('lost'));
    expect(answer.status).toBe(500);
    expect(await host.queues.peek('parked-events')).toEqual([]);
  });

  it('refuses a message that no storage account would take, and fails the invocation', async () => {
    const { fetch, host, entries } = await runApp(PARK, { environment: environment() });
    expect((await fetch('/api/park', post('é'.repeat(24_576)))).status).toBe(204);
    expect((await fetch('/api/park', post(`${'é'.repeat(24_576)}x`))).status).toBe(500);
    expect(entries.find(({ level }) => level === 'error')?.message).toContain(
      'The message for queue "parked-events" could not be stored: it has 49153 bytes, and a storage queue takes 49152',
    );
    expect(await host.queues.peek('parked-events')).toHaveLength(1);
  });

  it('says at start-up that the messages will not outlive the host', async () => {
    const { entries } = await runApp(PARK, { environment: environment() });
    expect(entries.map(({ message }) => message).join('\n')).toMatch(/queue messages are kept in memory/i);
  });
});

it('a message that cannot be stored fails the invocation', async () => {
  const broken: QueueStore = {
    send: () => Promise.reject(new Error('no such account')),
    peek: async () => [],
    names: async () => [],
    receive: async () => [],
    hide: async (_queue, message) => message,
    remove: async () => {},
  };
  const { fetch, entries } = await runApp(PARK, { environment: environment(), host: { queueStore: broken } });
  expect((await fetch('/api/park', post('x'))).status).toBe(500);
  expect(entries.find(({ level }) => level === 'error')?.message).toContain('no such account');
});

it.each([
  ['a text', { string: 'a' }, ['a']],
  ['a text that looks like an array', { string: '[1]' }, ['[1]']],
  ['an object', { json: '{"a":1}' }, ['{"a":1}']],
  ['an array, one by one', { json: '["a",{"b":1}]' }, ['a', '{"b":1}']],
  ['bytes', { bytes: Buffer.from('é') }, ['é']],
  ['a whole number', { int: 7 }, ['7']],
  ['a fraction', { double: 0.5 }, ['0.5']],
])('%s becomes messages', (_case, data, messages) => {
  expect(messagesIn(data)).toEqual(messages);
});

it.each([
  ['nothing', {}],
  ['an empty array', { json: '[]' }],
])('%s becomes no message', (_case, data) => {
  expect(messagesIn(data)).toEqual([]);
});
