/** A message in a queue, as text. */
export interface QueuedMessage {
  readonly id: string;
  readonly text: string;
}

/** Storage queues as functions use them: something to put a message into, and for people a look at what is there. */
export interface QueueStore {
  /** Resolves once the message is in the queue. Rejects when it could not be put there; nothing is dropped quietly. */
  send(queue: string, text: string): Promise<void>;
  /** The oldest messages of a queue, left where they are. A queue nobody wrote to has none. */
  peek(queue: string): Promise<readonly QueuedMessage[]>;
  /** The queues there are, by name. */
  names(): Promise<readonly string[]>;
}
