/** How a webhook proves to Event Grid that it wants events, once per subscription, in either schema. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';

const validationEvent = z.object({
  eventType: z.string().optional(),
  data: z.object({ validationCode: z.string().min(1) }),
});

/** One event, or the array that Event Grid sends. */
const validationBody = z.union([z.tuple([validationEvent]).transform(([only]) => only), validationEvent]);

const validationType = 'microsoft.eventgrid.subscriptionvalidationevent';

/** The answer to a request that is one of the two handshakes; nothing when it delivers events. */
export function answerHandshake(
  { method, headers }: Pick<HttpRequest, 'method' | 'headers'>,
  body: unknown,
): HttpResponseInit | undefined {
  if (method === 'OPTIONS') {
    return { status: 200, headers: permissionFor(headers.get('webhook-request-origin')) };
  }
  const validationResponse = validationCode(headers.get('aeg-event-type'), body);
  return validationResponse === undefined ? undefined : { status: 200, jsonBody: { validationResponse } };
}

/**
 * The code to send back, when the body is the event by which Event Grid validates a subscription of its own
 * schema. The event names itself; where it does not, the `aeg-event-type` header does.
 */
function validationCode(header: string | null, body: unknown): string | undefined {
  const parsed = validationBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { eventType, data } = parsed.data;
  const isValidation =
    eventType?.toLowerCase() === validationType || header?.toLowerCase() === 'subscriptionvalidation';
  return isValidation ? data.validationCode : undefined;
}

/**
 * The permission that a subscription of the CloudEvents schema asks for by OPTIONS. Whoever got this far knows
 * the function's key, so the asking origin is the allowed one, at any rate.
 */
const permissionFor = (origin: string | null): Readonly<Record<string, string>> => ({
  Allow: 'POST, OPTIONS',
  ...(origin !== null && { 'WebHook-Allowed-Origin': origin, 'WebHook-Allowed-Rate': '*' }),
});
