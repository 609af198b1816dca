/**
 * Queues in a storage account, or in Azurite. Messages are base64-encoded UTF-8, which is what the Functions storage
 * extension writes and expects unless host.json says otherwise. The SDK is loaded when the first message is sent, so
 * that a host which sends none starts without it.
 */
import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { messageOf } from '../failure.ts';
import type { QueuedMessage, QueueStore } from './queueStore.ts';

/** The service shows at most this many messages without taking them out. */
const MOST_MESSAGES_SHOWN = 32;

/** Somebody is waiting for the invocation, so an account that does not answer is given up on soon. */
const PATIENCE = { maxTries: 2, retryDelayInMs: 200, tryTimeoutInMs: 5_000 };

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const decode = (text: string) => Buffer.from(text, 'base64').toString('utf8');

/** `connectionString` may also be `UseDevelopmentStorage=true`: Azurite on 127.0.0.1:10001. */
export function createStorageQueues(connectionString: string): QueueStore {
  let service: Promise<QueueServiceClient> | undefined;
  const created = new Map<string, Promise<QueueClient>>();

  const connect = () => {
    service ??= import('@azure/storage-queue').then((sdk) =>
      sdk.QueueServiceClient.fromConnectionString(connectionString, { retryOptions: PATIENCE }),
    );
    return service;
  };

  async function create(queue: string): Promise<QueueClient> {
    const client = (await connect()).getQueueClient(queue);
    await client.createIfNotExists();
    return client;
  }

  /** Creates a queue once; a failed attempt is forgotten, so that the next message tries again. */
  function existing(queue: string): Promise<QueueClient> {
    const known = created.get(queue);
    if (known) return known;
    const attempt = create(queue).catch((error: unknown) => {
      created.delete(queue);
      throw error;
    });
    created.set(queue, attempt);
    return attempt;
  }

  return {
    async send(queue, text) {
      try {
        await (await existing(queue)).sendMessage(encode(text));
      } catch (error) {
        const reason = `The message for queue "${queue}" could not be stored: ${messageOf(error)}`;
        throw new Error(reason, { cause: error });
      }
    },
    async peek(queue): Promise<QueuedMessage[]> {
      const client = (await connect()).getQueueClient(queue);
      if (!(await client.exists())) return [];
      const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: MOST_MESSAGES_SHOWN });
      return peekedMessageItems.map((item) => ({ id: item.messageId, text: decode(item.messageText) }));
    },
    async names() {
      const names: string[] = [];
      for await (const queue of (await connect()).listQueues()) names.push(queue.name);
      return names;
    },
  };
}
