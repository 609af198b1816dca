/** A storage queue as the app uses it: texts that outlive the process, each handed out at least once. */

/** What the storage said. */
export type QueueAnswer<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  /** Nobody answered, not in time, or not us. The same call may pass later. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** A text in the queue. */
export interface QueueMessage {
  readonly id: string;
  readonly text: string;
}

/** One that is hidden from everybody else for a while; the receipt is what lets it be removed or released. */
export interface ReceivedMessage extends QueueMessage {
  readonly receipt: string;
}

/** No method throws for anything that the storage or the network does. No message ever expires. */
export interface MessageQueue {
  /** @param delaySeconds for how long nobody sees it; at most seven days, which is the service's own limit. */
  put(text: string, delaySeconds: number): Promise<QueueAnswer<void>>;
  /** The oldest visible messages, left where they are. */
  peek(most: number): Promise<QueueAnswer<readonly QueueMessage[]>>;
  /** The oldest visible messages, hidden from now on. */
  receive(most: number, hiddenForSeconds: number): Promise<QueueAnswer<readonly ReceivedMessage[]>>;
  remove(message: ReceivedMessage): Promise<QueueAnswer<void>>;
  /** Lets others see it again at once. */
  release(message: ReceivedMessage): Promise<QueueAnswer<void>>;
  /** How many messages there are, hidden ones included. The service calls it approximate: never too low. */
  count(): Promise<QueueAnswer<number>>;
}

/** Hands out at most this many messages in one answer (documented). */
export const MOST_MESSAGES = 32;

/** Stands in for every queue of an app without a storage account. */
export function noMessageQueue(): MessageQueue {
  const answer = async () =>
    ({
      kind: 'unavailable',
      message:
        'no storage account is configured: set AzureWebJobsStorage, or AzureWebJobsStorage__queueServiceUri for an identity',
    }) as const;
  return { put: answer, peek: answer, receive: answer, remove: answer, release: answer, count: answer };
}
