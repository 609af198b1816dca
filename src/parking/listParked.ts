import { type MessageQueue, MOST_MESSAGES, type QueueAnswer } from '../storage/messageQueue.ts';
import { type ParkedEvent, readParkedEvent } from './parkedEvent.ts';

/** A parked event as it is shown. */
export type ShownEvent =
  | ({ readonly id: string } & ParkedEvent)
  /** Somebody else's message, as it is. */
  | { readonly id: string; readonly unreadable: string; readonly text: string };

/** Some of what is parked. */
export interface ParkedList {
  /** How many there are, hidden ones included; the storage calls it approximate. */
  readonly count: number;
  /** The oldest ones, at most 32: the storage shows no more without taking them out. */
  readonly events: readonly ShownEvent[];
}

/** What is parked, left where it is. */
export async function listParked(queue: MessageQueue): Promise<QueueAnswer<ParkedList>> {
  const [count, peeked] = await Promise.all([queue.count(), queue.peek(MOST_MESSAGES)]);
  if (count.kind === 'unavailable') return count;
  if (peeked.kind === 'unavailable') return peeked;
  const events = peeked.value.map(({ id, text }): ShownEvent => {
    const read = readParkedEvent(text);
    return 'unreadable' in read ? { id, ...read, text } : { id, ...read };
  });
  return { kind: 'ok', value: { count: count.value, events } };
}
