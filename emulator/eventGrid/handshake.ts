/**
 * Asks an endpoint whether it wants events, in the way of its schema: a validation event whose code has to come
 * back, or an OPTIONS request that has to allow our origin.
 *
 * In both ways an endpoint may answer without deciding; whoever owns it then opens the validation URL.
 */
import * as z from 'zod';
import type { Instant } from '../clock/instant.ts';
import { eventTimeText } from './eventTime.ts';
import { explainRefusal, type SubscriptionProblem } from './problem.ts';
import {
  ANSWER_WINDOW_MILLISECONDS,
  type OutgoingRequest,
  outcomeOf,
  type ReceivedAnswer,
  type Send,
} from './send.ts';
import type { SubscriptionSettings } from './subscription.ts';

const VALIDATION_EVENT_TYPE = 'Microsoft.EventGrid.SubscriptionValidationEvent';
/** What Event Grid calls itself where it asks for permission. */
const REQUEST_ORIGIN = 'eventgrid.azure.net';
/** Where we guessed: deliveries a minute that the origin asks for. Nobody is held to it. */
const REQUEST_RATE = '120';

export interface Handshake {
  readonly settings: SubscriptionSettings;
  readonly topic: string;
  readonly eventId: string;
  readonly validationCode: string;
  /** Opening it validates too. Absent when nobody listens for it. */
  readonly validationUrl: string | undefined;
  readonly now: Instant;
}

export type HandshakeResult =
  | { readonly kind: 'validated' }
  /** The endpoint took the question and left the answer open. */
  | { readonly kind: 'undecided'; readonly problem: SubscriptionProblem }
  | { readonly kind: 'refused'; readonly problem: SubscriptionProblem };

export async function shakeHands(handshake: Handshake, send: Send): Promise<HandshakeResult> {
  const way = handshake.settings.schema === 'EventGridSchema' ? validationEvent : abuseProtection;
  const request = way.request(handshake);
  const outcome = await outcomeOf(send, request);
  const explain = explainRefusal(request, outcome, way.wanted);
  if (outcome.kind === 'unanswered') return { kind: 'refused', problem: explain() };
  const reading = way.read(outcome.answer, handshake);
  if (reading === 'validated') return { kind: 'validated' };
  return reading === 'undecided' && handshake.validationUrl
    ? { kind: 'undecided', problem: explain(handshake.validationUrl) }
    : { kind: 'refused', problem: explain() };
}

interface Way {
  readonly wanted: string;
  request(handshake: Handshake): OutgoingRequest;
  read(answer: ReceivedAnswer, handshake: Handshake): 'validated' | 'undecided' | 'refused';
}

const validationEvent: Way = {
  wanted: 'status 200 with {"validationResponse": "<the validationCode that was sent>"}',

  request({ settings, topic, eventId, validationCode, validationUrl, now }) {
    const event = {
      id: eventId,
      topic,
      subject: '',
      data: { validationCode, ...(validationUrl ? { validationUrl } : {}) },
      eventType: VALIDATION_EVENT_TYPE,
      eventTime: eventTimeText(now),
      metadataVersion: '1',
      dataVersion: '1',
    };
    return {
      method: 'POST',
      url: settings.endpoint,
      headers: {
        // Where we guessed: the subscription's own headers go with the handshake, or no guarded endpoint could pass.
        ...settings.deliveryHeaders,
        'content-type': 'application/json; charset=utf-8',
        'aeg-event-type': 'SubscriptionValidation',
        'aeg-subscription-name': settings.name.toUpperCase(),
        'aeg-delivery-count': '0',
        'aeg-data-version': '1',
        'aeg-metadata-version': '1',
      },
      body: JSON.stringify([event]),
      answerWithinMilliseconds: ANSWER_WINDOW_MILLISECONDS,
    };
  },

  // 202 in particular is documented as not accepted, though deliveries may be answered with it.
  read({ status, body }, { validationCode }) {
    if (status !== 200) return 'refused';
    const response = validationResponseIn(body);
    if (response === undefined) return 'undecided';
    return response === validationCode ? 'validated' : 'refused';
  },
};

const abuseProtection: Way = {
  wanted: `a status from 200 to 204 with WebHook-Allowed-Origin: ${REQUEST_ORIGIN}, or *`,

  request: ({ settings, validationUrl }) => ({
    method: 'OPTIONS',
    url: settings.endpoint,
    headers: {
      ...settings.deliveryHeaders,
      'WebHook-Request-Origin': REQUEST_ORIGIN,
      ...(validationUrl ? { 'WebHook-Request-Callback': validationUrl } : {}),
      'WebHook-Request-Rate': REQUEST_RATE,
    },
    answerWithinMilliseconds: ANSWER_WINDOW_MILLISECONDS,
  }),

  // Where we guessed: the header decides, and any status passes that a delivery may be answered with.
  read({ status, headers }) {
    if (status < 200 || status > 204) return 'refused';
    const allowed = headers['webhook-allowed-origin'];
    if (allowed === undefined) return 'undecided';
    const origins = [allowed].flat().flatMap((value) => value.split(','));
    const isAllowed = origins.some((origin) => ['*', REQUEST_ORIGIN].includes(origin.trim().toLowerCase()));
    return isAllowed ? 'validated' : 'refused';
  },
};

const validationAnswer = z.lazy(() => z.object({ validationResponse: z.string() }));

function validationResponseIn(body: string): string | undefined {
  const json = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch (error) {
        context.addIssue({ code: 'custom', message: String(error) });
        return z.NEVER;
      }
    })
    .pipe(validationAnswer)
    .safeParse(body);
  return json.data?.validationResponse;
}
