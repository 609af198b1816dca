/**
 * Queues in a storage account, or in Azurite. The SDK is loaded at the first message, so that a cold start does not
 * wait for it.
 */
import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import type { Clock } from '../clock.ts';
import { identityCredential } from '../identityCredential.ts';
import { messageOf } from '../input/messageOf.ts';
import { orAborted } from '../orAborted.ts';
import type { MessageQueue, QueueAnswer } from './messageQueue.ts';
import type { StorageConnection } from './storageConnection.ts';

/**
 * How long an account may take. An event waits for it, and Event Grid for the event. The SDK's own time-out for an
 * attempt does not end the wait for an account that takes the connection and stays silent (tried with 12.32).
 */
const PATIENCE_MILLISECONDS = 8_000;

/** Whoever waits can wait for one more attempt, and not for the SDK's usual three with long pauses. */
const RETRIES = { maxTries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 };

const LONGEST_DELAY_SECONDS = 7 * 24 * 3600;

/** The value that lets a message live for ever; without it the service drops messages after seven days. */
const NEVER_EXPIRES = -1;

/** Opens queues of one account by name. Cheap: nothing is reached for before the first call. */
export function messageQueues(connection: StorageConnection, clock: Clock): (name: string) => MessageQueue {
  let service: Promise<QueueServiceClient> | undefined;
  return (name) => {
    const open = async () => {
      service ??= connect(connection);
      const queue = (await service).getQueueClient(name);
      await queue.createIfNotExists({ abortSignal: clock.deadline(PATIENCE_MILLISECONDS) });
      return queue;
    };
    return messageQueue(open, clock);
  };
}

function messageQueue(open: () => Promise<QueueClient>, clock: Clock): MessageQueue {
  let opened: Promise<QueueClient> | undefined;

  /** Opens the queue once; after a failure the next call opens it anew, for it may have been deleted meanwhile. */
  async function ask<Value>(
    call: (queue: QueueClient, options: { abortSignal: AbortSignal }) => Promise<Value>,
  ): Promise<QueueAnswer<Value>> {
    const abortSignal = clock.deadline(PATIENCE_MILLISECONDS);
    try {
      opened ??= open();
      const answered = opened.then((queue) => call(queue, { abortSignal }));
      return { kind: 'ok', value: await orAborted(answered, abortSignal) };
    } catch (error) {
      opened = undefined;
      const [message = 'no reason given'] = messageOf(error).split('\n');
      return { kind: 'unavailable', message: abortSignal.aborted ? 'no answer in time' : message };
    }
  }

  return {
    put: (text, delaySeconds) =>
      ask(async (queue, options) => {
        await queue.sendMessage(encoded(text), {
          ...options,
          visibilityTimeout: Math.min(Math.max(Math.ceil(delaySeconds), 0), LONGEST_DELAY_SECONDS),
          messageTimeToLive: NEVER_EXPIRES,
        });
      }),
    peek: (most) =>
      ask(async (queue, options) => {
        const { peekedMessageItems } = await queue.peekMessages({ ...options, numberOfMessages: most });
        return peekedMessageItems.map(({ messageId, messageText }) => ({
          id: messageId,
          text: decoded(messageText),
        }));
      }),
    receive: (most, hiddenForSeconds) =>
      ask(async (queue, options) => {
        const { receivedMessageItems } = await queue.receiveMessages({
          ...options,
          numberOfMessages: most,
          visibilityTimeout: hiddenForSeconds,
        });
        return receivedMessageItems.map(({ messageId, messageText, popReceipt }) => ({
          id: messageId,
          text: decoded(messageText),
          receipt: popReceipt,
        }));
      }),
    remove: ({ id, receipt }) =>
      ask(async (queue, options) => {
        await queue.deleteMessage(id, receipt, options);
      }),
    release: ({ id, receipt }) =>
      ask(async (queue, options) => {
        await queue.updateMessage(id, receipt, undefined, 0, options);
      }),
    count: () =>
      ask(async (queue, options) => (await queue.getProperties(options)).approximateMessagesCount ?? 0),
  };
}

async function connect(connection: StorageConnection): Promise<QueueServiceClient> {
  const { QueueServiceClient } = await import('@azure/storage-queue');
  const options = { retryOptions: RETRIES };
  if (connection.kind === 'connectionString') {
    return QueueServiceClient.fromConnectionString(connection.connectionString, options);
  }
  return new QueueServiceClient(
    connection.queueServiceUri,
    await identityCredential(connection.clientId),
    options,
  );
}

/** base64 of UTF-8: what the queue trigger and the queue output of the Functions host expect and write. */
const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const decoded = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
