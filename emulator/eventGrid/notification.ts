/** The request that brings events to one subscriber. */
import { isBatching } from './batch.ts';
import {
  cloudEvent,
  DATA_VERSION,
  type EventSchema,
  eventGridEnvelope,
  METADATA_VERSION,
  type PublishedEvent,
} from './envelope.ts';
import { ANSWER_WINDOW_MILLISECONDS, type OutgoingRequest } from './send.ts';
import type { SubscriptionSettings } from './subscription.ts';

/** `deliveryCount` says how many attempts there were before this one. */
export function notification(
  events: readonly [PublishedEvent, ...PublishedEvent[]],
  settings: SubscriptionSettings,
  topic: string,
  deliveryCount: number,
): OutgoingRequest {
  return notificationOf({
    url: settings.endpoint,
    subscription: settings.name,
    schema: settings.schema,
    events: events.map((event) => envelope(event, settings.schema, topic)),
    isBatch: isBatching(settings),
    // Where we guessed: a batch goes by the id of its first event.
    eventId: events[0].id,
    deliveryCount,
    headers: settings.deliveryHeaders,
  });
}

/** What a notification is made of, when its events are envelopes already. */
export interface NotificationParts {
  readonly url: string;
  readonly subscription: string;
  readonly schema: EventSchema;
  /** One, unless the subscription batches. */
  readonly events: readonly unknown[];
  /** Where we guessed: a subscription that batches gets a list even when there is one event only. */
  readonly isBatch?: boolean;
  readonly eventId: string;
  readonly deliveryCount: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function notificationOf(parts: NotificationParts): OutgoingRequest {
  const { contentType, content } = payload(parts);
  return {
    method: 'POST',
    url: parts.url,
    headers: {
      ...parts.headers,
      'content-type': contentType,
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': parts.subscription.toUpperCase(),
      'aeg-delivery-count': String(parts.deliveryCount),
      'aeg-data-version': DATA_VERSION,
      'aeg-metadata-version': METADATA_VERSION,
      'aeg-output-event-id': parts.eventId,
    },
    body: JSON.stringify(content),
    answerWithinMilliseconds: ANSWER_WINDOW_MILLISECONDS,
  };
}

/** How much an event adds to a request. */
export const bytesOnTheWire = (event: PublishedEvent, schema: EventSchema, topic: string): number =>
  Buffer.byteLength(JSON.stringify(envelope(event, schema, topic)));

const envelope = (event: PublishedEvent, schema: EventSchema, topic: string) =>
  schema === 'CloudEventSchemaV1_0' ? cloudEvent(event, topic) : eventGridEnvelope(event, topic);

/** Always an array in Event Grid's own schema; a CloudEvent travels by itself unless it is part of a batch. */
function payload({ schema, events, isBatch = events.length > 1 }: NotificationParts) {
  switch (schema) {
    case 'EventGridSchema':
      return { contentType: 'application/json; charset=utf-8', content: events };
    case 'CloudEventSchemaV1_0':
      return isBatch
        ? { contentType: 'application/cloudevents-batch+json; charset=utf-8', content: events }
        : { contentType: 'application/cloudevents+json; charset=utf-8', content: events[0] };
    default:
      return schema satisfies never;
  }
}
