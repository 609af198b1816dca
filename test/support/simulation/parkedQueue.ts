import type { Instant } from '../../../emulator/clock/instant.ts';
import { millisecondsAfter } from '../../../emulator/clock/instant.ts';
import { type ParkedEvent, readParkedEvent } from '../../../src/parking/parkedEvent.ts';
import type { MessageQueue, QueueAnswer, ReceivedMessage } from '../../../src/storage/messageQueue.ts';
import type { ProcessLife } from './processLife.ts';
import type { SimulatedTime } from './simulatedTime.ts';

/** The storage queue of parked events: what was received is hidden until its time is over, whoever died meanwhile. */
export interface ParkedQueue {
  /** As the app's process reaches it. */
  readonly queue: MessageQueue;
  /** What is in it, hidden messages included. */
  readonly events: () => readonly ParkedEvent[];
}

interface Message {
  readonly text: string;
  visibleAt: Instant;
}

export function parkedQueue({ emulator }: SimulatedTime, life: ProcessLife): ParkedQueue {
  const messages = new Map<string, Message>();
  let put = 0;

  const oldest = (most: number) =>
    [...messages].filter(([, { visibleAt }]) => visibleAt <= emulator.now()).slice(0, most);
  const hide = (message: Message, seconds: number) => {
    message.visibleAt = millisecondsAfter(emulator.now(), seconds * 1000);
  };
  const answering =
    <Given extends readonly unknown[], Value>(act: (...given: Given) => Value) =>
    (...given: Given): Promise<QueueAnswer<Value>> =>
      life.leave(async () => ({ kind: 'ok', value: act(...given) }));

  const queue: MessageQueue = {
    put: answering((text: string, delaySeconds: number) => {
      const message = { text, visibleAt: emulator.now() };
      hide(message, delaySeconds);
      put += 1;
      messages.set(`message-${put}`, message);
    }),
    peek: answering((most: number) => oldest(most).map(([id, { text }]) => ({ id, text }))),
    receive: answering((most: number, hiddenForSeconds: number) =>
      oldest(most).map(([id, message]) => {
        hide(message, hiddenForSeconds);
        return { id, text: message.text, receipt: 'receipt' };
      }),
    ),
    remove: answering(({ id }: ReceivedMessage) => void messages.delete(id)),
    release: answering(({ id }: ReceivedMessage) => {
      const message = messages.get(id);
      if (message) hide(message, 0);
    }),
    count: answering(() => messages.size),
  };
  return { queue, events: () => [...messages.values()].map(({ text }) => readable(text)) };
}

function readable(text: string): ParkedEvent {
  const parked = readParkedEvent(text);
  if ('unreadable' in parked) throw new Error(`A parked event cannot be read: ${parked.unreadable}`);
  return parked;
}
