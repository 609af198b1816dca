import { encodeMessage } from './messageText.ts';
import type { QueuedMessage, QueueStore } from './queueStore.ts';

/**
 * Queues that live as long as the host does. They are used where no storage account is configured, and refuse what an
 * account would refuse, so that nothing works here that fails in Azure.
 */
export function createMemoryQueues(newId: () => string): QueueStore {
  const queues = new Map<string, QueuedMessage[]>();
  return {
    async send(queue, text) {
      encodeMessage(text);
      const messages = queues.get(queue) ?? [];
      messages.push({ id: newId(), text });
      queues.set(queue, messages);
    },
    peek: async (queue) => [...(queues.get(queue) ?? [])],
    names: async () => [...queues.keys()].sort(),
  };
}
