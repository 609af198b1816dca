/**
 * The two envelopes that Event Grid delivers in, brought to one. Only what the app cannot do without is asked
 * for: an id, a type, and data to read. A CloudEvent is told by its `type`, an Event Grid event by its
 * `eventType`; the version members are not asked for, because published examples misspell them.
 */
import * as z from 'zod';
import { lenientDate } from './lenientDate.ts';

/** What both envelopes say. */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly time?: Date | undefined;
  /** Not believed yet: what it has to be depends on the type. */
  readonly data: unknown;
}

const text = z.string().min(1);

const eventGridEnvelope = z
  .looseObject({ id: text, eventType: text, eventTime: lenientDate.optional(), data: z.unknown().optional() })
  .transform(
    ({ id, eventType, eventTime, data }): Envelope => ({ id, type: eventType, time: eventTime, data }),
  );

const cloudEventEnvelope = z
  .looseObject({ id: text, type: text, time: lenientDate.optional(), data: z.unknown().optional() })
  .transform(({ id, type, time, data }): Envelope => ({ id, type, time, data }));

const eitherEnvelope = z.looseObject({ eventType: z.unknown().optional() });

/** The envelope in our words, or everything that keeps it from being one. */
export function readEnvelope(raw: unknown): z.ZodSafeParseResult<Envelope> {
  const object = eitherEnvelope.safeParse(raw);
  const isEventGrid = object.success && object.data.eventType !== undefined;
  return isEventGrid ? eventGridEnvelope.safeParse(raw) : cloudEventEnvelope.safeParse(raw);
}
