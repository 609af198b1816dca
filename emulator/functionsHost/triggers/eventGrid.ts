/** The Event Grid trigger: each event that arrives at the webhook is an invocation of its own. */
import * as z from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Invoke, TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { createEventGridWebhook, type EventGridTarget } from './eventGridWebhook.ts';
import { CALLED_BY_HAND, type TriggerKind } from './trigger.ts';

const anyEvent = z.record(z.string(), z.unknown());

interface Parts {
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly newId: () => string;
  /** What the webhook is opened with; undefined when nobody is asked for it. */
  readonly key?: string | undefined;
}

/** Makes of one event what its function is given. Throws when it is no event. */
function createPayload({ clock, newId }: Parts) {
  return (fn: RegisteredFunction, bindingName: string, given: unknown, reason?: string): TriggerPayload => {
    const parsed = anyEvent.safeParse(given);
    if (!parsed.success) throw new Error(`Unable to bind ${JSON.stringify(given)} to an event`);
    const now = new Date(clock.now()).toISOString();
    const sys = { MethodName: fn.metadata.name, UtcNow: now, RandGuid: newId() };
    const { data } = parsed.data;
    return {
      inputData: [{ name: bindingName, data: { string: JSON.stringify(parsed.data, null, 2) } }],
      // The library camel-cases every key below `data`, which is why an app must not read labels from there.
      triggerMetadata: {
        ...(data !== undefined && { data: { json: JSON.stringify(data) } }),
        sys: { json: JSON.stringify(sys) },
      },
      reason: reason ?? `EventGrid trigger fired at ${now}`,
    };
  };
}

function urlOf(baseUrl: string, functionName: string, key: string | undefined): string {
  const query = new URLSearchParams({ functionName, ...(key !== undefined && { code: key }) });
  return `${baseUrl}/runtime/webhooks/EventGrid?${query}`;
}

export function createEventGridTriggers(parts: Parts): TriggerKind {
  const payload = createPayload(parts);
  const targets = new Map<string, EventGridTarget>();

  async function deliver(fn: RegisteredFunction, bindingName: string, event: unknown) {
    try {
      return await parts.invoke(fn, payload(fn, bindingName, event));
    } catch (error) {
      return { succeeded: false, error } as const;
    }
  }

  return {
    type: 'eventGridTrigger',
    endpoint: createEventGridWebhook(targets),
    add(fn, bindingName) {
      const { name } = fn.metadata;
      targets.set(name, { fn, deliver: (event) => deliver(fn, bindingName, event) });
      return {
        fn,
        describe: (baseUrl) => ({
          name,
          triggerType: 'eventGridTrigger',
          methods: [],
          urls: [urlOf(baseUrl, name, parts.key)],
        }),
        payloadOf: (input) => payload(fn, bindingName, JSON.parse(input), CALLED_BY_HAND),
      };
    },
  };
}
