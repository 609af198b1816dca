/** The two forms an event travels in; member order as captured and as the service documents. */
import type { Instant } from '../clock/instant.ts';
import { eventTimeText } from './eventTime.ts';
import type { EventObject, RouterEvent } from './routerEvents.ts';

export const EVENT_SCHEMAS = ['EventGridSchema', 'CloudEventSchemaV1_0'] as const;
export type EventSchema = (typeof EVENT_SCHEMAS)[number];

/** Versions the router's events carry, as captured. */
export const DATA_VERSION = '1.0';
export const METADATA_VERSION = '1';
const CLOUD_EVENTS_VERSION = '1.0';

/** A resource that exists nowhere. Real topics arrive in mixed or lower case: never compare them by case. */
export const EMULATOR_TOPIC =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/emulator' +
  '/providers/Microsoft.Communication/communicationServices/emulator';

/** An event that has happened: what both envelopes are made from. */
export interface PublishedEvent extends RouterEvent {
  /** A GUID; the same in every delivery of this event, to whomever. */
  readonly id: string;
  readonly publishedAt: Instant;
}

export interface EventGridEnvelope {
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  readonly data: EventObject;
  readonly eventType: string;
  readonly dataVersion: string;
  readonly metadataVersion: string;
  readonly eventTime: string;
}

export interface CloudEventEnvelope {
  readonly id: string;
  readonly source: string;
  readonly subject: string;
  readonly data: EventObject;
  readonly type: string;
  readonly time: string;
  readonly specversion: string;
}

export const eventGridEnvelope = (event: PublishedEvent, topic: string): EventGridEnvelope => ({
  id: event.id,
  topic,
  subject: event.subject,
  data: event.data,
  eventType: event.type,
  dataVersion: DATA_VERSION,
  metadataVersion: METADATA_VERSION,
  eventTime: eventTimeText(event.publishedAt),
});

export const cloudEvent = (event: PublishedEvent, source: string): CloudEventEnvelope => ({
  id: event.id,
  source,
  subject: event.subject,
  data: event.data,
  type: event.type,
  time: eventTimeText(event.publishedAt),
  specversion: CLOUD_EVENTS_VERSION,
});
