/** Where events wait for a person, whole. */
import type { MessageQueue } from '../storage/messageQueue.ts';
import { type ParkedEvent, parkedEventText } from './parkedEvent.ts';

/** Whether it is kept now. */
export type Parking =
  | { readonly kind: 'kept' }
  /** There is no storage account to write to: the queue output of the host has to take this text. */
  | { readonly kind: 'leftToHost'; readonly text: string }
  /** Nothing was kept: the event has to come again. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** Keeps events. Throws for nothing that the storage does. */
export type Park = (parked: ParkedEvent) => Promise<Parking>;

/**
 * Parks in `queue`, where messages never expire. The queue output of the Functions host gives its messages the
 * service's default of seven days and has no setting for it, so it is used only where there is no queue: in a host
 * that keeps messages in its memory anyway.
 */
export const parkIn =
  (queue: MessageQueue | undefined): Park =>
  async (parked) => {
    const text = parkedEventText(parked);
    if (text === undefined) {
      return { kind: 'unavailable', message: 'the event is too large for a queue message, compressed too' };
    }
    if (queue === undefined) return { kind: 'leftToHost', text };
    const put = await queue.put(text, 0);
    return put.kind === 'ok' ? { kind: 'kept' } : { kind: 'unavailable', message: put.message };
  };
