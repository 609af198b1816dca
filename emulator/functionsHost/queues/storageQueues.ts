/**
 * Queues in a storage account, or in Azurite. The SDK is loaded when the first message is sent, so that a host which
 * sends none starts without it.
 */
import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { Clock } from '../../clock/clock.ts';
import { instant, secondsAfter } from '../../clock/instant.ts';
import { decodeMessage, encodeMessage } from './messageText.ts';
import type { QueuedMessage, QueueStore } from './queueStore.ts';

/** The service shows at most this many messages without taking them out. */
const MOST_MESSAGES_SHOWN = 32;

/** Somebody is waiting for the invocation, so an account that refuses connections is tried once more, and soon. */
const RETRIES = { maxTries: 2, retryDelayInMs: 200 };

/**
 * How long an account that takes connections may be silent. The SDK's own time-out per attempt did not end such a
 * wait when tried (12.32), and Event Grid itself waits for 30 s only.
 */
const PATIENCE_SECONDS = 10;

/** Runs a call that is aborted when the account stays silent. */
async function patiently<Result>(
  clock: Clock,
  call: (options: { abortSignal: AbortSignal }) => Promise<Result>,
): Promise<Result> {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`no answer within ${PATIENCE_SECONDS} s`));
  const cancel = clock.at(secondsAfter(clock.now(), PATIENCE_SECONDS), giveUp);
  try {
    return await call({ abortSignal: silence.signal });
  } catch (error) {
    throw silence.signal.aborted ? silence.signal.reason : error;
  } finally {
    cancel();
  }
}

/** `connectionString` may also be `UseDevelopmentStorage=true`: Azurite on 127.0.0.1:10001. */
export function createStorageQueues(connectionString: string, clock: Clock): QueueStore {
  let service: Promise<QueueServiceClient> | undefined;
  const created = new Map<string, Promise<QueueClient>>();

  const connect = () => {
    service ??= import('@azure/storage-queue').then((sdk) =>
      sdk.QueueServiceClient.fromConnectionString(connectionString, { retryOptions: RETRIES }),
    );
    return service;
  };

  async function create(queue: string): Promise<QueueClient> {
    const client = (await connect()).getQueueClient(queue);
    await patiently(clock, (options) => client.createIfNotExists(options));
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
      const encoded = encodeMessage(text);
      const client = await existing(queue);
      await patiently(clock, (options) => client.sendMessage(encoded, options));
    },
    async peek(queue): Promise<QueuedMessage[]> {
      const client = (await connect()).getQueueClient(queue);
      if (!(await client.exists())) return [];
      const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: MOST_MESSAGES_SHOWN });
      return peekedMessageItems.map((item) => ({
        id: item.messageId,
        text: decodeMessage(item.messageText),
      }));
    },
    async names() {
      const names: string[] = [];
      for await (const queue of (await connect()).listQueues()) names.push(queue.name);
      return names;
    },
    async receive(queue, most, hiddenForSeconds) {
      const client = await existing(queue);
      const { receivedMessageItems } = await patiently(clock, (options) =>
        client.receiveMessages({ ...options, numberOfMessages: most, visibilityTimeout: hiddenForSeconds }),
      );
      return receivedMessageItems.map((item) => ({
        id: item.messageId,
        text: decodeMessage(item.messageText),
        receipt: item.popReceipt,
        dequeueCount: item.dequeueCount,
        insertedAt: instant(item.insertedOn.getTime()),
        visibleAt: instant(item.nextVisibleOn.getTime()),
      }));
    },
    async hide(queue, message, seconds) {
      const client = await existing(queue);
      const { popReceipt, nextVisibleOn } = await patiently(clock, (options) =>
        client.updateMessage(message.id, message.receipt, undefined, seconds, options),
      );
      return {
        ...message,
        receipt: popReceipt ?? message.receipt,
        visibleAt: nextVisibleOn ? instant(nextVisibleOn.getTime()) : message.visibleAt,
      };
    },
    async remove(queue, { id, receipt }) {
      const client = await existing(queue);
      await patiently(clock, (options) => client.deleteMessage(id, receipt, options));
    },
  };
}
