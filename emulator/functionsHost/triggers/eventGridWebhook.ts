/**
 * The webhook of Microsoft's Event Grid extension, answer by answer (read from its source), with one addition. The
 * extension answers 400 without a word and 404 with few; here both say what was missing.
 */
import * as z from 'zod';
import { messageOf } from '../../messageOf.ts';
import {
  type Endpoint,
  type HostRequest,
  type HostResponse,
  headerOf,
  parseJsonBody,
  segmentsOf,
  text,
} from '../http/exchange.ts';
import { failureHeadline, type InvocationResult } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';

const PUBLIC_ORIGIN = 'eventgrid.azure.net';

/** The origins of the clouds; any other caller is told the one of the public cloud. */
const KNOWN_ORIGINS = [
  PUBLIC_ORIGIN,
  'eventgrid.azure.us',
  'eventgrid.azure.eaglex.ic.gov',
  'eventgrid.azure.microsoft.scloud',
  'eventgrid.azure.cn',
];

const anyEvent = z.record(z.string(), z.unknown());
const anyEvents = z.union([z.array(z.unknown()), anyEvent], 'The body is neither an array nor an object');
const validation = z.looseObject({ validationCode: z.unknown() });

/** A function that Event Grid can call. */
export interface EventGridTarget {
  readonly fn: RegisteredFunction;
  /** Runs the function with one event; what is no event is a failure like any other. */
  deliver(event: unknown): Promise<InvocationResult>;
}

function allowOrigin(request: HostRequest): HostResponse {
  const asked = headerOf(request, 'webhook-request-origin');
  const origin = KNOWN_ORIGINS.find((known) => known === asked) ?? PUBLIC_ORIGIN;
  return { status: 200, headers: { 'webhook-allowed-origin': origin } };
}

/** Data of a validation event; in the CloudEvents form it is JSON inside a string. */
function validationData(body: z.infer<typeof anyEvents>): unknown {
  const { data } = Array.isArray(body) ? anyEvent.parse(body[0]) : body;
  return typeof data === 'string' ? JSON.parse(data) : data;
}

function echoValidationCode(request: HostRequest): HostResponse {
  const body = parseJsonBody(request, anyEvents);
  // The extension throws on a body it cannot read, which the host turns into 500; only the reason is our addition.
  if ('problem' in body) return text(500, `The validation event cannot be read: ${body.problem}`);
  try {
    const { validationCode } = validation.parse(validationData(body.value));
    if (validationCode === undefined || validationCode === null) throw new Error('there is none');
    return text(200, JSON.stringify({ validationResponse: String(validationCode) }));
  } catch (error) {
    return text(500, `The validation event has no readable data.validationCode: ${messageOf(error)}`);
  }
}

async function notify(target: EventGridTarget, request: HostRequest): Promise<HostResponse> {
  const body = parseJsonBody(request, anyEvents);
  if ('problem' in body) return text(500, `The events cannot be read: ${body.problem}`);
  const events = Array.isArray(body.value) ? body.value : [body.value];
  const results = await Promise.all(events.map((event) => target.deliver(event)));
  const failed = results.find((result) => !result.succeeded);
  if (!failed) return { status: 202 };
  return text(500, `${failureHeadline(target.fn)}. ${messageOf(failed.error)}`);
}

function refuseEventType(eventType: string | undefined): HostResponse {
  const what = eventType === undefined ? 'missing' : `"${eventType}"`;
  return text(
    400,
    `The header aeg-event-type is ${what}. Event Grid sends one of SubscriptionValidation, Notification and ` +
      'Unsubscribe; for events use "aeg-event-type: Notification".',
  );
}

/** .NET looks a query parameter up by its name without regard to case, the function without mercy. */
function functionNameIn(url: URL): string {
  const named = [...url.searchParams].find(([name]) => name.toLowerCase() === 'functionname');
  return named?.[1] ?? '';
}

function refuseFunction(functionName: string, known: Iterable<string>): HostResponse {
  const hint = functionName === '' ? ' The query parameter functionName is missing or empty.' : '';
  const list = [...known].join(', ') || 'none';
  return text(404, `cannot find function: '${functionName}'.${hint} Event Grid functions here: ${list}.`);
}

/** The endpoint behind which functions are called; `targets` holds them by name. */
export function createEventGridWebhook(targets: ReadonlyMap<string, EventGridTarget>): Endpoint {
  async function answer(request: HostRequest, extension: string): Promise<HostResponse> {
    if (extension !== 'eventgrid') {
      return text(404, `No extension "${extension}" has a webhook here, only EventGrid has.`);
    }
    const functionName = functionNameIn(request.url);
    const target = targets.get(functionName);
    if (!target) return refuseFunction(functionName, targets.keys());
    if (request.method === 'OPTIONS') return allowOrigin(request);
    const eventType = headerOf(request, 'aeg-event-type');
    switch (eventType?.toLowerCase()) {
      case 'subscriptionvalidation':
        return echoValidationCode(request);
      case 'notification':
        return notify(target, request);
      case 'unsubscribe':
        return { status: 202 };
      default:
        return refuseEventType(eventType);
    }
  }

  return (request) => {
    const [runtime, webhooks, extension] = segmentsOf(request.url).map((segment) => segment.toLowerCase());
    if (runtime !== 'runtime' || webhooks !== 'webhooks') return undefined;
    return answer(request, extension ?? '');
  };
}
