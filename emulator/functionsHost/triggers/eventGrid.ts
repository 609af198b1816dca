/**
 * The Event Grid trigger: the webhook of Microsoft's Event Grid extension, answer by answer (read from its source),
 * with one addition. The extension answers 400 without a word and 404 with few; here both say what was missing.
 */
import * as z from 'zod';
import type { Clock } from '../../clock/clock.ts';
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
import { failureHeadline, type Invoke, type TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { CALLED_BY_HAND, type TriggerKind } from './trigger.ts';

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
const validationCodeHolder = z.looseObject({ validationCode: z.unknown() });

interface EventGridFunction {
  readonly fn: RegisteredFunction;
  readonly bindingName: string;
}

interface Parts {
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Where the functions of a host are called by Event Grid. */
export const eventGridUrl = (baseUrl: string, functionName: string) =>
  `${baseUrl}/runtime/webhooks/EventGrid?functionName=${encodeURIComponent(functionName)}`;

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
    const { validationCode } = validationCodeHolder.parse(validationData(body.value));
    if (validationCode === undefined || validationCode === null) throw new Error('there is none');
    return text(200, JSON.stringify({ validationResponse: String(validationCode) }));
  } catch (error) {
    return text(500, `The validation event has no readable data.validationCode: ${messageOf(error)}`);
  }
}

export function createEventGridTriggers({ invoke, clock, newId }: Parts): TriggerKind {
  const targets = new Map<string, EventGridFunction>();

  function payload(target: EventGridFunction, given: unknown, reason?: string): TriggerPayload {
    const parsed = anyEvent.safeParse(given);
    if (!parsed.success) throw new Error(`Unable to bind ${JSON.stringify(given)} to an event`);
    const now = new Date(clock.now()).toISOString();
    const sys = { MethodName: target.fn.metadata.name, UtcNow: now, RandGuid: newId() };
    const { data } = parsed.data;
    return {
      inputData: [{ name: target.bindingName, data: { string: JSON.stringify(parsed.data, null, 2) } }],
      // The library camel-cases every key below `data`, which is why an app must not read labels from there.
      triggerMetadata: {
        ...(data !== undefined && { data: { json: JSON.stringify(data) } }),
        sys: { json: JSON.stringify(sys) },
      },
      reason: reason ?? `EventGrid trigger fired at ${now}`,
    };
  }

  async function deliver(target: EventGridFunction, event: unknown) {
    try {
      return await invoke(target.fn, payload(target, event));
    } catch (error) {
      return { succeeded: false, error } as const;
    }
  }

  async function notify(target: EventGridFunction, request: HostRequest): Promise<HostResponse> {
    const body = parseJsonBody(request, anyEvents);
    if ('problem' in body) return text(500, `The events cannot be read: ${body.problem}`);
    const events = Array.isArray(body.value) ? body.value : [body.value];
    const results = await Promise.all(events.map((event) => deliver(target, event)));
    const failed = results.find((result) => !result.succeeded);
    if (!failed) return { status: 202 };
    return text(500, `${failureHeadline(target.fn)}. ${messageOf(failed.error)}`);
  }

  async function answer(target: EventGridFunction, request: HostRequest): Promise<HostResponse> {
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
        return text(
          400,
          `${eventType === undefined ? 'The header aeg-event-type is missing' : `The header aeg-event-type is "${eventType}"`}. ` +
            'Event Grid sends one of SubscriptionValidation, Notification and Unsubscribe; for events use "aeg-event-type: Notification".',
        );
    }
  }

  const endpoint: Endpoint = (request) => {
    const [runtime, webhooks, extension] = segmentsOf(request.url).map((segment) => segment.toLowerCase());
    if (runtime !== 'runtime' || webhooks !== 'webhooks') return undefined;
    if (extension !== 'eventgrid') {
      return Promise.resolve(
        text(404, `No extension "${extension ?? ''}" has a webhook here, only EventGrid has.`),
      );
    }
    // .NET looks a query parameter up by its name without regard to case, the function without mercy.
    const named = [...request.url.searchParams].find(([name]) => name.toLowerCase() === 'functionname');
    const functionName = named?.[1] ?? '';
    const target = targets.get(functionName);
    if (target) return answer(target, request);
    const known = [...targets.keys()].join(', ') || 'none';
    const hint = functionName === '' ? ' The query parameter functionName is missing or empty.' : '';
    const explanation = `cannot find function: '${functionName}'.${hint} Event Grid functions here: ${known}.`;
    return Promise.resolve(text(404, explanation));
  };

  return {
    type: 'eventGridTrigger',
    endpoint,
    add(fn, bindingName) {
      const target = { fn, bindingName };
      const { name } = fn.metadata;
      targets.set(name, target);
      return {
        fn,
        describe: (baseUrl) => ({
          name,
          triggerType: 'eventGridTrigger',
          methods: [],
          urls: [eventGridUrl(baseUrl, name)],
        }),
        payloadOf: (input) => payload(target, JSON.parse(input), CALLED_BY_HAND),
      };
    },
  };
}
