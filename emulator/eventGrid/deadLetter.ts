/** An event that was given up, as the service would put it into the dead-letter container. */
import type { Instant } from '../clock/instant.ts';
import {
  type CloudEventEnvelope,
  cloudEvent,
  type EventGridEnvelope,
  eventGridEnvelope,
  type PublishedEvent,
} from './envelope.ts';
import { eventTimeText } from './eventTime.ts';
import type { SubscriptionSettings } from './subscription.ts';

interface DeadLetterFacts {
  readonly deadLetterReason: string;
  readonly deliveryAttempts: number;
  readonly lastDeliveryOutcome: string;
  readonly publishTime: string;
  /** Absent when the endpoint was on probation and the event never left. */
  readonly lastDeliveryAttemptTime?: string;
}

interface LowercasedFacts {
  readonly deadletterreason: string;
  readonly deliveryattempts: number;
  readonly lastdeliveryoutcome: string;
  readonly publishtime: string;
  readonly lastdeliveryattempttime?: string;
}

/** The envelope with the facts added; CloudEvents allows lower-case extension names only. */
export type DeadLetterDocument =
  | (EventGridEnvelope & DeadLetterFacts)
  | (CloudEventEnvelope & LowercasedFacts);

export interface DeadLetter extends DeadLetterFacts {
  readonly subscription: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly document: DeadLetterDocument;
}

export interface GivenUp {
  readonly event: PublishedEvent;
  readonly settings: SubscriptionSettings;
  readonly topic: string;
  readonly reason: string;
  readonly attempts: number;
  readonly lastOutcome: string;
  readonly lastAttemptAt: Instant | undefined;
}

export function deadLetter(given: GivenUp): DeadLetter {
  const { event, settings, topic } = given;
  const facts: DeadLetterFacts = {
    deadLetterReason: given.reason,
    deliveryAttempts: given.attempts,
    lastDeliveryOutcome: given.lastOutcome,
    publishTime: eventTimeText(event.publishedAt),
    ...(given.lastAttemptAt !== undefined && { lastDeliveryAttemptTime: eventTimeText(given.lastAttemptAt) }),
  };
  const document =
    settings.schema === 'EventGridSchema'
      ? { ...eventGridEnvelope(event, topic), ...facts }
      : { ...cloudEvent(event, topic), ...lowercased(facts) };
  return { subscription: settings.name, eventId: event.id, eventType: event.type, ...facts, document };
}

const lowercased = (facts: DeadLetterFacts): LowercasedFacts => ({
  deadletterreason: facts.deadLetterReason,
  deliveryattempts: facts.deliveryAttempts,
  lastdeliveryoutcome: facts.lastDeliveryOutcome,
  publishtime: facts.publishTime,
  ...(facts.lastDeliveryAttemptTime !== undefined && {
    lastdeliveryattempttime: facts.lastDeliveryAttemptTime,
  }),
});
