import * as z from 'zod';
import { EVENT_TYPE_PREFIX } from '../eventGrid/eventTypes.ts';
import { notificationOf } from '../eventGrid/notification.ts';
import type { OutgoingRequest } from '../eventGrid/send.ts';
import type { ReplayDelivery } from './readDeliveries.ts';

/** The host that events are replayed to. */
export interface ReplayTarget {
  readonly url: string;
  /** Which event types each Event Grid function is subscribed to, by function name. */
  readonly subscriptions: Readonly<Record<string, readonly string[]>>;
  /** Takes every event, whatever its type or its file says. */
  readonly functionName?: string | undefined;
  readonly webhook: boolean;
  /** Key of a host in Azure: the Event Grid system key, or the function's for the webhook. */
  readonly code?: string | undefined;
}

/** A delivery that can be made, or why it cannot. */
export type Addressed =
  | { readonly to: string; readonly request: OutgoingRequest }
  | { readonly notSent: string };

const envelope = z.looseObject({
  id: z.string().optional().catch(undefined),
  eventType: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  specversion: z.unknown().optional(),
});

/** Addresses a delivery as Event Grid would: by the type of its event, to the function subscribed to it. */
export function replayRequest(delivery: ReplayDelivery, target: ReplayTarget): Addressed {
  const first = envelope.safeParse(delivery.events[0]).data;
  const type = first?.eventType ?? first?.type;
  const to = recipient(delivery, type, target);
  if (to === undefined) {
    const what = type === undefined ? 'an event without a type' : type.replace(EVENT_TYPE_PREFIX, '');
    return { notSent: `no function is subscribed to ${what}; --function <name> sends it all the same` };
  }
  return {
    to: to === 'webhook' ? 'receiveRouterEvents' : to.functionName,
    request: notificationOf({
      url: addressOf(to, target),
      subscription: to === 'webhook' ? 'replay' : to.functionName,
      schema: first?.specversion === undefined ? 'EventGridSchema' : 'CloudEventSchemaV1_0',
      events: delivery.events,
      eventId: first?.id ?? '',
      deliveryCount: 0,
    }),
  };
}

function recipient(
  delivery: ReplayDelivery,
  type: string | undefined,
  { functionName, webhook, subscriptions }: ReplayTarget,
): ReplayDelivery['to'] {
  if (functionName !== undefined) return { functionName };
  if (webhook) return 'webhook';
  if (delivery.to) return delivery.to;
  const subscribed = Object.keys(subscriptions).find((name) => subscriptions[name]?.includes(type ?? ''));
  return subscribed === undefined ? undefined : { functionName: subscribed };
}

function addressOf(to: NonNullable<ReplayDelivery['to']>, { url, code }: ReplayTarget): string {
  const address = new URL(to === 'webhook' ? '/api/router-events' : '/runtime/webhooks/EventGrid', url);
  if (to !== 'webhook') address.searchParams.set('functionName', to.functionName);
  if (code !== undefined) address.searchParams.set('code', code);
  return address.href;
}
