/** The request that brings one event to one subscriber. */
import {
  cloudEvent,
  DATA_VERSION,
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
  const { contentType, content } = payload(event, settings, topic);
  return {
    method: 'POST',
    url: settings.endpoint,
    headers: {
      ...settings.deliveryHeaders,
      'content-type': contentType,
      'aeg-event-type': 'Notification',
      'aeg-subscription-name': settings.name.toUpperCase(),
      'aeg-delivery-count': String(deliveryCount),
      'aeg-data-version': DATA_VERSION,
      'aeg-metadata-version': METADATA_VERSION,
      'aeg-output-event-id': event.id,
    },
    body: JSON.stringify(content),
    answerWithinMilliseconds: ANSWER_WINDOW_MILLISECONDS,
  };
}

/** Batching is off, as it is in Azure by default: an array of one, or one CloudEvent by itself. */
function payload(event: PublishedEvent, settings: SubscriptionSettings, topic: string) {
  switch (settings.schema) {
    case 'EventGridSchema':
      return { contentType: 'application/json; charset=utf-8', content: [eventGridEnvelope(event, topic)] };
    case 'CloudEventSchemaV1_0':
      return {
        contentType: 'application/cloudevents+json; charset=utf-8',
        content: cloudEvent(event, topic),
      };
    default:
      return settings.schema satisfies never;
  }
}
