/**
 * How a webhook proves to Event Grid that it wants events, once per subscription, in either schema. It says yes to
 * what it was told to expect and nothing to anybody else. Addresses that a handshake names (`validationUrl`,
 * `WebHook-Request-Callback`) are never called: whoever writes them would choose whom this app calls.
 */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { isAllowedTopic } from '../events/allowedTopics.ts';

/** What the webhook expects to be asked for. */
export interface Expected {
  /** Senders of CloudEvents, in lower case. */
  readonly allowedOrigins: readonly string[];
  /** Resources whose events are wanted. Undefined: those of any. */
  readonly allowedTopics: readonly string[] | undefined;
}

const validationEvent = z.object({
  eventType: z.string().regex(/^microsoft\.eventgrid\.subscriptionvalidationevent$/i),
  topic: z.string().optional(),
  data: z.object({ validationCode: z.string().min(1) }),
});

/** One event, or the array that Event Grid sends. */
const validationBody = z.union([z.tuple([validationEvent]).transform(([only]) => only), validationEvent]);

/** What a request is, if it is a validation. */
export type Validation =
  | { readonly kind: 'wanted'; readonly code: string }
  /** For events of a resource that is not among the allowed topics. */
  | { readonly kind: 'unwanted'; readonly topic: string };

/**
 * The event by which Event Grid validates a subscription of its own schema; nothing when the request delivers events.
 * The body decides: a header that calls an ordinary event a validation changes nothing, and one that calls a
 * validation something else makes it an event that asks for nothing.
 */
export function validationIn(
  headers: Pick<HttpRequest['headers'], 'get'>,
  body: unknown,
  { allowedTopics }: Expected,
): Validation | undefined {
  const parsed = validationBody.safeParse(body);
  const header = headers.get('aeg-event-type')?.toLowerCase() ?? 'subscriptionvalidation';
  if (!parsed.success || header !== 'subscriptionvalidation') return undefined;
  const { topic = '', data } = parsed.data;
  return isAllowedTopic(topic, allowedTopics)
    ? { kind: 'wanted', code: data.validationCode }
    : { kind: 'unwanted', topic };
}

/**
 * The answer to the permission that a subscription of the CloudEvents schema asks for by OPTIONS. Consent is in the
 * headers and not in the status (CloudEvents, HTTP 1.1 Web Hooks 4.2), so a stranger gets an answer without them.
 */
export function permissionFor(
  headers: Pick<HttpRequest['headers'], 'get'>,
  { allowedOrigins }: Expected,
): HttpResponseInit {
  const origin = headers.get('webhook-request-origin')?.trim().toLowerCase() ?? '';
  const allowed = allowedOrigins.includes(origin);
  return {
    status: 200,
    headers: {
      Allow: 'POST, OPTIONS',
      ...(allowed && { 'WebHook-Allowed-Origin': origin, 'WebHook-Allowed-Rate': '*' }),
    },
  };
}
