/** The request that brings events to one subscriber. */
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
  event: PublishedEvent,
  settings: SubscriptionSettings,
  topic: string,
  deliveryCount: number,
): OutgoingRequest {
  return notificationOf({
    url: settings.endpoint,
    subscription: settings.name,
    schema: settings.schema,
    events: [envelope(event, settings.schema, topic)],
    eventId: event.id,
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

const envelope = (event: PublishedEvent, schema: EventSchema, topic: string) =>
  schema === 'CloudEventSchemaV1_0' ? cloudEvent(event, topic) : eventGridEnvelope(event, topic);

/** Always an array in Event Grid's own schema; a CloudEvent travels by itself unless there are several. */
function payload({ schema, events }: NotificationParts) {
  switch (schema) {
    case 'EventGridSchema':
      return { contentType: 'application/json; charset=utf-8', content: events };
    case 'CloudEventSchemaV1_0':
      return events.length === 1
        ? { contentType: 'application/cloudevents+json; charset=utf-8', content: events[0] }
        : { contentType: 'application/cloudevents-batch+json; charset=utf-8', content: events };
    default:
      return schema satisfies never;
  }
}
