/** What somebody may ask for when subscribing, with Event Grid's limits and defaults, and whom an event reaches. */
import * as z from 'zod';
import { EVENT_SCHEMAS, type PublishedEvent } from './envelope.ts';
import { KNOWN_EVENT_TYPES, wholeEventType } from './eventTypes.ts';

/** Documented limits of custom delivery headers. */
const MOST_DELIVERY_HEADERS = 10;
const LONGEST_HEADER_VALUE = 4096;

/** Short (`RouterJobClosed`) or whole as it comes, whole as it is understood. */
export const knownEventType = z.lazy(() =>
  z
    .string()
    .transform(wholeEventType)
    .refine((type) => KNOWN_EVENT_TYPES.includes(type), {
      error: ({ input }) =>
        `"${String(input)}" is not an event type of Job Router. Known: ${KNOWN_EVENT_TYPES.join(', ')}`,
    }),
);

/** Event Grid's own headers all begin with aeg-, so nobody else's may. */
const ADDED_HEADER_NAME = /^(?!aeg-)[a-z0-9-]+$/i;

const deliveryHeaders = z.lazy(() =>
  z
    .record(
      z.string(),
      z
        .string()
        .max(LONGEST_HEADER_VALUE)
        .regex(/^[\t\x20-\x7e]*$/, 'A header value is one line of plain text'),
    )
    .refine((headers) => Object.keys(headers).every((name) => ADDED_HEADER_NAME.test(name)), {
      error:
        'A header name has letters, digits and hyphens, and does not begin with aeg-, as Event Grid’s own do',
    })
    .refine((headers) => Object.keys(headers).length <= MOST_DELIVERY_HEADERS, {
      error: `At most ${MOST_DELIVERY_HEADERS} headers can be added to deliveries`,
    }),
);

export const subscribeRequest = z.lazy(() =>
  z.strictObject({
    /** Sent in capitals with each delivery. */
    name: z
      .string()
      .min(3)
      .max(64)
      .regex(/^[A-Za-z0-9-]+$/, 'A subscription name has letters, digits and hyphens'),
    /** Where events go: the whole URL, a key in its query included. */
    endpoint: z.url({ protocol: /^https?$/, error: 'The endpoint is an absolute http or https URL' }),
    schema: z.enum(EVENT_SCHEMAS).default('EventGridSchema'),
    filter: z
      .strictObject({
        /** Short (`RouterJobClosed`) or whole. Absent: every type. */
        includedEventTypes: z.array(knownEventType).min(1).readonly().optional(),
        subjectBeginsWith: z.string().optional(),
        subjectEndsWith: z.string().optional(),
      })
      .default({}),
    retryPolicy: z
      .strictObject({
        maxDeliveryAttempts: z.int().min(1).max(30).default(30),
        eventTimeToLiveInMinutes: z.int().min(1).max(1440).default(1440),
      })
      .prefault({}),
    deliveryHeaders: deliveryHeaders.default({}),
    /** 1: no batching. */
    maxEventsPerBatch: z.int().min(1).max(5000).default(1),
    preferredBatchSizeInKilobytes: z.int().min(1).max(1024).default(64),
  }),
);

export type SubscribeRequest = z.input<typeof subscribeRequest>;
/** A request with everything decided. */
export type SubscriptionSettings = Readonly<z.output<typeof subscribeRequest>>;

export type ProvisioningState = 'Succeeded' | 'AwaitingManualAction' | 'Failed';

export interface Subscription extends SubscriptionSettings {
  readonly provisioningState: ProvisioningState;
}

/** Subjects are compared without regard to case, as Event Grid does unless told otherwise. */
export function isWanted(event: PublishedEvent, { filter }: SubscriptionSettings): boolean {
  const subject = event.subject.toLowerCase();
  return (
    (filter.includedEventTypes?.includes(event.type) ?? true) &&
    subject.startsWith((filter.subjectBeginsWith ?? '').toLowerCase()) &&
    subject.endsWith((filter.subjectEndsWith ?? '').toLowerCase())
  );
}
