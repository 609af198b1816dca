/** Event Grid for one topic, the router's: takes facts, and carries them as events to whoever subscribed. */
import type { Clock } from '../clock/clock.ts';
import type { Instant } from '../clock/instant.ts';
import type { Fact } from '../router/engine/facts.ts';
import type { DeadLetter } from './deadLetter.ts';
import { createDeliveries, type DeliveryAttempt } from './delivery.ts';
import { EMULATOR_TOPIC, type PublishedEvent } from './envelope.ts';
import { type BeforeDelivery, disturbDelivery } from './faults.ts';
import { keepNewest } from './newest.ts';
import { type RouterEvent, routerEventOf } from './routerEvents.ts';
import { type EventOverrides, sampleEvent } from './sampleEvent.ts';
import type { Send } from './send.ts';
import { createHttpSender } from './sender.ts';
import type { SubscribeRequest, Subscription } from './subscription.ts';
import { createSubscriptions, type SubscribeResult } from './subscriptions.ts';

/** How many events, attempts and dead letters are remembered, each; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/** Where the control routes are mounted; validation URLs point there. */
export const CONTROL_PREFIX = '/_emulator';

export interface EventGridOptions {
  readonly clock: Clock;
  /** A fresh GUID. */
  readonly newId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** The resource id that events come from. */
  readonly topic?: string;
  /** Where the control routes can be reached, such as http://127.0.0.1:7080. Without it no manual validation. */
  readonly publicUrl?: () => string;
  /** HTTP over connections of its own when absent. */
  readonly send?: Send;
  /** Told of each attempt as it ends. Must not throw. */
  readonly onAttempt?: (attempt: DeliveryAttempt) => void;
  /** May have deliveries dropped, duplicated, delayed or reordered. Must not throw. */
  readonly beforeDelivery?: BeforeDelivery;
}

export interface EventGrid {
  readonly topic: string;
  /** Takes the fact and returns at once; it never throws, and what becomes of deliveries shows in the lists. */
  publish(fact: Fact): void;
  /**
   * Publishes a sample event of the given type, short or whole, without anything having happened in the router.
   * Undefined for a type that Job Router does not have.
   */
  trigger(type: string, overrides?: EventOverrides): PublishedEvent | undefined;
  /**
   * Shakes hands with the endpoint and lets it in; a subscription of that name is replaced then. Rejects with
   * `SubscriptionRefused`, which says what was sent where, what came back and what would mend it.
   */
  subscribe(request: SubscribeRequest): Promise<SubscribeResult>;
  /** False when there is none of that name. Pending deliveries to it are dropped. */
  unsubscribe(name: string): boolean;
  /** What opening a validation URL does; false when it is not, or no longer, a valid one. */
  validate(name: string, code: string): boolean;
  subscriptions(): readonly Subscription[];
  /** The lists are oldest first. */
  events(): readonly PublishedEvent[];
  deliveries(): readonly DeliveryAttempt[];
  deadLetters(): readonly DeadLetter[];
  /** Resolves when no attempt is due or under way; retries scheduled for later do not count. */
  idle(): Promise<void>;
  /** Forgets events, attempts and dead letters, and what is still to be delivered. Subscriptions stay. */
  reset(): void;
  /** Ends deliveries, cuts open connections and resolves when nothing is left. */
  close(): Promise<void>;
}

export function createEventGrid(options: EventGridOptions): EventGrid {
  const { clock, newId, random, topic = EMULATOR_TOPIC, publicUrl, onAttempt } = options;
  const { beforeDelivery = () => undefined } = options;
  const sender = options.send ? { send: options.send, close: async () => {} } : createHttpSender();
  const events = keepNewest<PublishedEvent>(REMEMBERED);
  const attempts = keepNewest<DeliveryAttempt>(REMEMBERED);
  const letters = keepNewest<DeadLetter>(REMEMBERED);

  const subscriptions = createSubscriptions({
    clock,
    newId,
    send: sender.send,
    topic,
    validationUrl: (subscription, code) =>
      publicUrl && `${publicUrl()}${CONTROL_PREFIX}/validate?${new URLSearchParams({ subscription, code })}`,
  });
  const deliveries = createDeliveries({
    clock,
    random,
    send: sender.send,
    topic,
    find: subscriptions.find,
    onAttempt(attempt) {
      attempts.add(attempt);
      onAttempt?.(attempt);
    },
    onDeadLetter: letters.add,
  });
  const disturbed = disturbDelivery(deliveries.deliver, beforeDelivery, clock);

  function publishEvent(routerEvent: RouterEvent, publishedAt: Instant): PublishedEvent {
    const event = { ...routerEvent, id: newId(), publishedAt };
    events.add(event);
    for (const { name } of subscriptions.wanting(event)) disturbed.deliver(event, name);
    return event;
  }

  return {
    topic,
    publish: (fact) => void publishEvent(routerEventOf(fact), fact.at),
    trigger(type, overrides) {
      const now = clock.now();
      const event = sampleEvent(type, now, overrides);
      return event && publishEvent(event, now);
    },
    subscribe: subscriptions.subscribe,
    unsubscribe: subscriptions.unsubscribe,
    validate: subscriptions.validate,
    subscriptions: subscriptions.list,
    events: events.list,
    deliveries: attempts.list,
    deadLetters: letters.list,
    idle: deliveries.idle,
    reset() {
      disturbed.close();
      deliveries.forget();
      for (const list of [events, attempts, letters]) list.clear();
    },
    async close() {
      subscriptions.close();
      disturbed.close();
      const settled = deliveries.close();
      await sender.close();
      await settled;
    },
  };
}
