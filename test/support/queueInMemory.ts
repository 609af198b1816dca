import type { MessageQueue, QueueAnswer } from '../../src/storage/messageQueue.ts';

/** A queue whose messages a test can see, with their delays; what is hidden stays hidden until it is released. */
export interface QueueInMemory extends MessageQueue {
  readonly texts: () => readonly string[];
  readonly delays: readonly number[];
}

export function queueInMemory(...texts: readonly string[]): QueueInMemory {
  const messages = new Map(texts.map((text, index) => [`m-${index}`, { text, isHidden: false }]));
  const delays: number[] = [];
  const ok = <Value>(value: Value): QueueAnswer<Value> => ({ kind: 'ok', value });
  const visible = (most: number) => [...messages].filter(([, { isHidden }]) => !isHidden).slice(0, most);
  return {
    texts: () => [...messages.values()].map(({ text }) => text),
    delays,
    async put(text, delaySeconds) {
      delays.push(delaySeconds);
      messages.set(`m-${messages.size}`, { text, isHidden: false });
      return ok(undefined);
    },
    peek: async (most) => ok(visible(most).map(([id, { text }]) => ({ id, text }))),
    async receive(most) {
      return ok(
        visible(most).map(([id, message]) => {
          message.isHidden = true;
          return { id, text: message.text, receipt: 'receipt' };
        }),
      );
    },
    async remove({ id }) {
      messages.delete(id);
      return ok(undefined);
    },
    async release({ id }) {
      const message = messages.get(id);
      if (message) message.isHidden = false;
      return ok(undefined);
    },
    count: async () => ok(messages.size),
  };
}
