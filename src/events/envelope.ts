/**
 * The two envelopes that Event Grid delivers in, brought to one. Only what the app cannot do without is asked
 * for: an id, a type, and data to read. A CloudEvent is told by its `type`, an Event Grid event by its
 * `eventType`; the version members are not asked for, because published examples misspell them.
 */
import * as z from 'zod';
import { carriedData } from './carriedData.ts';
import { lenientDate } from './lenientDate.ts';
import { text } from './members.ts';

/** Who sends an event about what, and what to find it by. */
export interface EnvelopeHead {
  readonly id: string;
  readonly type: string;
  readonly time?: Date | undefined;
  /** The resource id of the Communication Services resource, in whatever case it came. */
  readonly topic?: string | undefined;
  readonly subject?: string | undefined;
  /** The W3C trace context, as CloudEvents may carry it. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** What both envelopes say. */
export interface Envelope {
  readonly head: EnvelopeHead;
  /** Not believed yet: what it has to be depends on the type. */
  readonly data: unknown;
}

const required = z.string().min(1);
const common = { id: required, subject: text, data: z.unknown().optional() };

const eventGridEnvelope = z
  .object({ ...common, eventType: required, eventTime: lenientDate.optional(), topic: text })
  .transform(
    ({ data, eventType: type, eventTime: time, ...head }): Envelope => ({
      head: { ...head, type, time },
      data: carriedData(data),
    }),
  );

const cloudEventEnvelope = z
  .object({
    ...common,
    type: required,
    time: lenientDate.optional(),
    source: text,
    traceparent: text,
    tracestate: text,
    data_base64: text,
  })
  .transform(
    ({ data, data_base64, source: topic, ...head }): Envelope => ({
      head: { ...head, topic },
      data: carriedData(data, data_base64),
    }),
  );

const eitherEnvelope = z.object({ eventType: z.unknown().optional() });

/** The envelope in our words, or everything that keeps it from being one. */
export function readEnvelope(raw: unknown): z.ZodSafeParseResult<Envelope> {
  const object = eitherEnvelope.safeParse(raw);
  const isEventGrid = object.success && (object.data.eventType ?? undefined) !== undefined;
  return isEventGrid ? eventGridEnvelope.safeParse(raw) : cloudEventEnvelope.safeParse(raw);
}
