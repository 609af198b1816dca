import { createManualClock, type ManualClock } from '../../emulator/clock/manualClock.ts';
import {
  createEventGrid,
  type EventGrid,
  type EventGridOptions,
} from '../../emulator/eventGrid/createEventGrid.ts';
import type { OutgoingRequest, ReceivedAnswer } from '../../emulator/eventGrid/send.ts';
import type { SubscribeRequest } from '../../emulator/eventGrid/subscription.ts';
import { NINE_AM } from './routerFacts.ts';

export const WEBHOOK = 'https://app.example/hook?code=secret';
export const FUNCTION = 'http://localhost:7071/runtime/webhooks/EventGrid?functionName=acceptOffer';

/** What an endpoint does with one request; an error stands for no answer. */
export type Endpoint = (request: OutgoingRequest) => ReceivedAnswer | Promise<ReceivedAnswer>;

export const answer = (
  status: number,
  body = '',
  headers: ReceivedAnswer['headers'] = {},
): ReceivedAnswer => ({ status, body, headers });

/** Agrees to either handshake, and answers deliveries as `deliver` says. */
export const willing =
  (deliver: Endpoint): Endpoint =>
  (request) => {
    if (request.method === 'OPTIONS') return answer(200, '', { 'webhook-allowed-origin': '*' });
    if (request.headers['aeg-event-type'] === 'Notification') return deliver(request);
    const [event] = JSON.parse(request.body ?? '');
    return answer(200, JSON.stringify({ validationResponse: event.data.validationCode }));
  };

export interface EventGridWorld {
  readonly eventGrid: EventGrid;
  readonly clock: ManualClock;
  /** Everything that was sent, handshakes included. */
  readonly sent: readonly OutgoingRequest[];
  /** The deliveries among it. */
  notifications(): readonly OutgoingRequest[];
}

/** Event Grid on a manual clock, with one endpoint behind every URL, countable ids and no jitter. */
export function eventGridWorld(endpoint: Endpoint, options: Partial<EventGridOptions> = {}): EventGridWorld {
  const sent: OutgoingRequest[] = [];
  const clock = createManualClock(NINE_AM);
  let ids = 0;
  const eventGrid = createEventGrid({
    clock,
    newId: () => `id-${++ids}`,
    random: () => 0,
    async send(request) {
      sent.push(request);
      return endpoint(request);
    },
    ...options,
  });
  const notifications = () => sent.filter(({ headers }) => headers['aeg-event-type'] === 'Notification');
  return { eventGrid, clock, sent, notifications };
}

/** The same with one subscription in place, to a plain webhook unless `request` says otherwise. */
export async function subscribedWorld(
  deliver: Endpoint,
  request: Partial<SubscribeRequest> = {},
  options: Partial<EventGridOptions> = {},
): Promise<EventGridWorld> {
  const world = eventGridWorld(willing(deliver), options);
  await world.eventGrid.subscribe({ name: 'all-events', endpoint: WEBHOOK, ...request });
  return world;
}
