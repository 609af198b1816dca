import type { Instant } from '../../clock/instant.ts';

/** A message in a queue, as text. */
export interface QueuedMessage {
  readonly id: string;
  readonly text: string;
}

/** A message that was taken out for a while. It comes back unless it is removed by then. */
export interface ReceivedMessage extends QueuedMessage {
  /** Changes whenever the message is received or hidden; the old one no longer opens it. */
  readonly receipt: string;
  /** How often the message has been received, this time included. */
  readonly dequeueCount: number;
  readonly insertedAt: Instant;
  readonly visibleAt: Instant;
}

/** Storage queues as functions use them, with a look at what is there for people. */
export interface QueueStore {
  /** Resolves once the message is in the queue. Rejects when it could not be put there; nothing is dropped quietly. */
  send(queue: string, text: string): Promise<void>;
  /** The oldest visible messages of a queue, left where they are. A queue nobody wrote to has none. */
  peek(queue: string): Promise<readonly QueuedMessage[]>;
  /** The queues there are, by name. */
  names(): Promise<readonly string[]>;
  /** Takes out the oldest visible messages, at most `most`; a queue that is missing is created. */
  receive(queue: string, most: number, hiddenForSeconds: number): Promise<readonly ReceivedMessage[]>;
  /** Lets a received message come back later than it would; answers it with its new receipt. */
  hide(queue: string, message: ReceivedMessage, seconds: number): Promise<ReceivedMessage>;
  remove(queue: string, message: ReceivedMessage): Promise<void>;
}
