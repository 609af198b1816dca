import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createMemoryQueues } from '../../../../../emulator/functionsHost/queues/memoryQueues.ts';
import { MAX_TEXT_BYTES } from '../../../../../emulator/functionsHost/queues/messageText.ts';
import { createStorageQueues } from '../../../../../emulator/functionsHost/queues/storageQueues.ts';
import { closedPort, countingIds, NINE_AM, runApp, startSilentServer } from '../support.ts';

/** The account and key that Azurite is shipped with, published in its documentation. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const connectionStringOf = (url: string) =>
  `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};QueueEndpoint=${url}/${ACCOUNT};`;

const PARK = `
  const parked = output.storageQueue({ queueName: 'parked-events', connection: 'AzureWebJobsStorage' });
  app.http('park', { extraOutputs: [parked], handler: async (request, context) => {
    context.extraOutputs.set(parked, await request.text());
  } });
`;

/** Starts Azurite's queue service on a free port, everything in memory; resolves with its address. */
function startAzurite(): { azurite: ChildProcess; url: Promise<string> } {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/queue/main.js');
  const options = [
    '--queuePort',
    '0',
    '--inMemoryPersistence',
    '--skipApiVersionCheck',
    '--disableTelemetry',
  ];
  const azurite = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = new Promise<string>((resolve, reject) => {
    let output = '';
    azurite.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /successfully listens on (http:\/\/\S+)/.exec(output);
      if (found?.[1]) resolve(found[1]);
    });
    azurite.once('exit', (code) => reject(new Error(`Azurite ended with code ${code}: ${output}`)));
  });
  return { azurite, url };
}

describe('a queue output with a storage account', () => {
  let azurite: ChildProcess;
  let connectionString: string;

  beforeAll(async () => {
    const started = startAzurite();
    azurite = started.azurite;
    connectionString = connectionStringOf(await started.url);
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => azurite.once('exit', resolve));
    azurite.kill();
    await ended;
  });

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
