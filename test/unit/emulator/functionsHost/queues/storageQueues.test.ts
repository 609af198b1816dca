import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Azurite, connectionStringOf, startAzurite } from '../../../../../emulator/azurite.ts';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createMemoryQueues } from '../../../../../emulator/functionsHost/queues/memoryQueues.ts';
import { MAX_TEXT_BYTES } from '../../../../../emulator/functionsHost/queues/messageText.ts';
import { createStorageQueues } from '../../../../../emulator/functionsHost/queues/storageQueues.ts';
import { closedPort, countingIds, NINE_AM, runApp, startSilentServer } from '../support.ts';

const PARK = `
  const parked = output.storageQueue({ queueName: 'parked-events', connection: 'AzureWebJobsStorage' });
  app.http('park', { extraOutputs: [parked], handler: async (request, context) => {
    context.extraOutputs.set(parked, await request.text());
  } });
`;

describe('a queue output with a storage account', () => {
  let azurite: Azurite;
  let connectionString: string;

  beforeAll(async () => {
    azurite = await startAzurite();
    ({ connectionString } = azurite);
  });

  afterAll(() => azurite.close());

  it('creates the queue and stores the message as base64 text, as the storage extension does', async () => {
    const { fetch, host } = await runApp(PARK, { environment: { AzureWebJobsStorage: connectionString } });
    const answer = await fetch('/api/park', { method: 'POST', body: 'für später' });
    expect(answer.status).toBe(204);

    const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient('parked-events');
    const { receivedMessageItems } = await queue.receiveMessages({ visibilityTimeout: 1 });
    const [message] = receivedMessageItems;
    expect(Buffer.from(message?.messageText ?? '', 'base64').toString('utf8')).toBe('für später');
    expect(await host.queues.names()).toContain('parked-events');
  });

  it('takes messages up to the limit, and refuses longer ones in the words of the queues in memory', async () => {
    const clock = createManualClock(NINE_AM);
    const stores = [createStorageQueues(connectionString, clock), createMemoryQueues(countingIds(), clock)];
    for (const queues of stores) {
      await queues.send('long', 'x'.repeat(49_152));
      await expect(queues.send('long', 'x'.repeat(49_153))).rejects.toThrow(
        'it has 49153 bytes, and a storage queue takes 49152 at most (64 KiB once it is base64-encoded)',
      );
      expect(await queues.peek('long')).toHaveLength(1);
    }
  });

  it('is itself what sets the limit', async () => {
    const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient('limit');
    await queue.create();
    const encoded = (bytes: number) => Buffer.alloc(bytes, 'x').toString('base64');
    await expect(queue.sendMessage(encoded(MAX_TEXT_BYTES))).resolves.toHaveProperty('messageId');
    await expect(queue.sendMessage(encoded(MAX_TEXT_BYTES + 1))).rejects.toMatchObject({ statusCode: 413 });
  });

  it('shows messages without taking them', async () => {
    const queues = createStorageQueues(connectionString, createManualClock(NINE_AM));
    await queues.send('shown', 'one');
    await queues.send('shown', 'two');
    expect(await queues.peek('shown')).toMatchObject([{ text: 'one' }, { text: 'two' }]);
    expect(await queues.peek('shown')).toHaveLength(2);
    expect(await queues.peek('never-used')).toEqual([]);
  });
});

describe('a storage account out of reach', () => {
  const call = { method: 'POST', body: 'x' };

  it('fails the invocation when it refuses connections', async () => {
    const environment = { AzureWebJobsStorage: connectionStringOf(`http://127.0.0.1:${await closedPort()}`) };
    const { fetch, entries } = await runApp(PARK, { environment });
    expect((await fetch('/api/park', call)).status).toBe(500);
    expect(entries.find(({ level }) => level === 'error')?.message).toMatch(
      /queue "parked-events" could not be stored: .*ECONNREFUSED/,
    );
  });

  it('fails the invocation when it stays silent', async () => {
    const clock = createManualClock(NINE_AM);
    const silent = await startSilentServer();
    const environment = { AzureWebJobsStorage: connectionStringOf(silent.url) };
    const { fetch, entries } = await runApp(PARK, { clock, environment });

    const answer = fetch('/api/park', call);
    await silent.connected;
    await clock.advance(10_000);

    expect((await answer).status).toBe(500);
    expect(entries.find(({ level }) => level === 'error')?.message).toContain(
      'queue "parked-events" could not be stored: no answer within 10 s',
    );
  });
});
