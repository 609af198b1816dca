/**
 * Fetches the messages of one queue for one function, as the storage extension does: a batch at a time, more seldom the
 * longer the queue is empty, with failed messages handed over again until they have failed too often.
 */
import type { Clock } from '../../clock/clock.ts';
import { millisecondsAfter, secondsAfter } from '../../clock/instant.ts';
import { messageOf } from '../../messageOf.ts';
import type { QueueSettings } from './queueSettings.ts';
import type { QueueStore, ReceivedMessage } from './queueStore.ts';

/** The first pause after an empty answer; it doubles with each further one. */
const SHORTEST_PAUSE_MILLISECONDS = 100;

/**
 * For how long a message is out of sight while it is handled; renewed as long as that takes. The extension takes ten
 * minutes. Here it is the time that a message is lost for when the host is killed, so it is short.
 */
const HIDDEN_SECONDS = 30;

/** What polling takes. */
export interface QueuePollerParts {
  readonly queue: string;
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly settings: QueueSettings;
  /** Hands a message to the function; whether it succeeded. */
  readonly handle: (message: ReceivedMessage) => Promise<boolean>;
  readonly warn: (line: string) => void;
}

/** Polls until the answer is called, which resolves when the messages in hand are dealt with. */
export function startQueuePoller(parts: QueuePollerParts): () => Promise<void> {
  const { queue, store, clock, settings, warn } = parts;
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let isReachable = true;
  let cancel = () => {};

  async function fetchBatch(): Promise<readonly ReceivedMessage[]> {
    try {
      const received = await store.receive(queue, settings.batchSize, HIDDEN_SECONDS);
      isReachable = true;
      return received;
    } catch (error) {
      // Said once, and not at every attempt until somebody has mended it.
      if (isReachable) warn(`Queue "${queue}" cannot be read, and is tried on: ${messageOf(error)}`);
      isReachable = false;
      return [];
    }
  }

  async function poll(emptyAnswers: number): Promise<void> {
    if (inHand.size > settings.newBatchThreshold) return arm(0);
    const received = await fetchBatch();
    const begun = received.map((message) => {
      const end = deal(message, parts).finally(() => inHand.delete(end));
      inHand.add(end);
      return end;
    });
    arm(received.length > 0 ? 0 : emptyAnswers + 1);
    // A manual clock waits for what is handled before it moves on; with the machine's clock nobody does.
    await Promise.all(begun);
  }

  function arm(emptyAnswers: number): void {
    if (isStopped) return;
    const pause = Math.min(
      SHORTEST_PAUSE_MILLISECONDS * 2 ** Math.max(emptyAnswers - 1, 0),
      Math.max(settings.maxPollingIntervalSeconds * 1000, SHORTEST_PAUSE_MILLISECONDS),
    );
    const isFull = inHand.size > settings.newBatchThreshold;
    const wait = emptyAnswers === 0 && !isFull ? 0 : pause;
    cancel = clock.at(millisecondsAfter(clock.now(), wait), () => poll(emptyAnswers));
  }

  arm(0);
  return async () => {
    isStopped = true;
    cancel();
    await Promise.all(inHand);
  };
}

/** Sees one message through. What the storage refuses is said; the message comes back by itself then. */
async function deal(message: ReceivedMessage, parts: QueuePollerParts): Promise<void> {
  const { queue, store, settings, warn } = parts;
  const kept = keepHidden(message, parts);
  try {
    // More than allowed already: the host was killed while it handled the message.
    const hasFailed = message.dequeueCount > settings.maxDequeueCount || !(await parts.handle(message));
    const latest = await kept.release();
    if (!hasFailed) return await store.remove(queue, latest);
    if (message.dequeueCount < settings.maxDequeueCount) {
      await store.hide(queue, latest, settings.visibilityTimeoutSeconds);
      return;
    }
    await store.send(`${queue}-poison`, message.text);
    await store.remove(queue, latest);
    warn(`A message failed ${message.dequeueCount} times and is now in queue "${queue}-poison"`);
  } catch (error) {
    await kept.release();
    warn(`A message of queue "${queue}" will come again: ${messageOf(error)}`);
  }
}

/** Keeps a message out of sight while it is handled; `release` ends that and answers it with its latest receipt. */
function keepHidden(
  message: ReceivedMessage,
  { queue, store, clock, warn }: QueuePollerParts,
): { release(): Promise<ReceivedMessage> } {
  let latest = Promise.resolve(message);
  let cancel = () => {};
  const arm = () => {
    cancel = clock.at(secondsAfter(clock.now(), HIDDEN_SECONDS / 2), () => {
      latest = latest.then(renew);
      arm();
    });
  };
  async function renew(known: ReceivedMessage): Promise<ReceivedMessage> {
    try {
      return await store.hide(queue, known, HIDDEN_SECONDS);
    } catch (error) {
      warn(`A message of queue "${queue}" may come twice: ${messageOf(error)}`);
      return known;
    }
  }
  arm();
  return {
    release() {
      cancel();
      return latest;
    },
  };
}
