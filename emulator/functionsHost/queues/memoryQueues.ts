import type { Clock } from '../../clock/clock.ts';
import { type Instant, secondsAfter } from '../../clock/instant.ts';
import { encodeMessage } from './messageText.ts';
import type { QueueStore, ReceivedMessage } from './queueStore.ts';

/**
 * Queues that live as long as the host does. They are used where no storage account is configured, and refuse what an
 * account would refuse, so that nothing works here that fails in Azure.
 */
export function createMemoryQueues(newId: () => string, clock: Clock): QueueStore {
  const queues = new Map<string, Map<string, ReceivedMessage>>();

  function messagesOf(queue: string): Map<string, ReceivedMessage> {
    const messages = queues.get(queue) ?? new Map<string, ReceivedMessage>();
    queues.set(queue, messages);
    return messages;
  }

  const visible = (queue: string): ReceivedMessage[] =>
    [...(queues.get(queue)?.values() ?? [])].filter(({ visibleAt }) => visibleAt <= clock.now());

  function hideUntil(queue: string, message: ReceivedMessage, visibleAt: Instant): ReceivedMessage {
    const hidden = { ...message, visibleAt, receipt: newId() };
    messagesOf(queue).set(message.id, hidden);
    return hidden;
  }

  /** As the service: only whoever received a message last may do something about it. */
  function checkReceipt(queue: string, { id, receipt }: ReceivedMessage): void {
    if (queues.get(queue)?.get(id)?.receipt !== receipt) {
      throw new Error(`message ${id} is no longer there, or was received by somebody else`);
    }
  }

  return {
    async send(queue, text) {
      encodeMessage(text);
      const now = clock.now();
      const id = newId();
      messagesOf(queue).set(id, { id, text, receipt: '', dequeueCount: 0, insertedAt: now, visibleAt: now });
    },
    peek: async (queue) => visible(queue).map(({ id, text }) => ({ id, text })),
    names: async () => [...queues.keys()].sort(),
    async receive(queue, most, hiddenForSeconds) {
      messagesOf(queue);
      const until = secondsAfter(clock.now(), hiddenForSeconds);
      return visible(queue)
        .slice(0, most)
        .map((message) => hideUntil(queue, { ...message, dequeueCount: message.dequeueCount + 1 }, until));
    },
    async hide(queue, message, seconds) {
      checkReceipt(queue, message);
      return hideUntil(queue, message, secondsAfter(clock.now(), seconds));
    },
    async remove(queue, message) {
      checkReceipt(queue, message);
      messagesOf(queue).delete(message.id);
    },
  };
}
