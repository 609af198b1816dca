/** The index of the controls, for whoever opens the prefix itself. */
import { CONTROL_PREFIX } from '../eventGrid/createEventGrid.ts';
import { EVENT_TYPE_PREFIX, KNOWN_EVENT_TYPES } from '../eventGrid/eventTypes.ts';
import { DELIVERY_FAULTS, ROUTER_FAULTS } from './faults.ts';

export interface Contents {
  readonly controls: readonly Control[];
  /** What a fault of requests can be about. */
  readonly operations: readonly string[];
  readonly eventTypes: readonly string[];
}

interface Control {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly does: string;
  /** What may stand behind the question mark. */
  readonly query?: readonly string[];
  /** One body for each way to ask, or what the body is. */
  readonly body?: readonly object[] | string;
  /** What members may be, where that is one of a list. */
  readonly values?: Readonly<Record<string, string>>;
  /** A command line that does it. */
  readonly example: string;
}

type Described = Omit<Control, 'example'> & {
  readonly example?: { readonly path?: string; readonly data?: string };
};

const LISTED = 'oldest first, the newest 100 unless told';
const AN_EVENT_TYPE = 'one of eventTypes';

// In the order in which a reader wants them.
const CONTROLS: readonly Described[] = [
  { method: 'GET', path: '/clock', does: 'The mode of the clock, its time, and when something is due next' },
  {
    method: 'POST',
    path: '/clock',
    does: 'Stops time, or lets it run on from where it stands or from a later time; what is due by then happens at once',
    body: [{ mode: 'manual' }, { mode: 'system' }, { mode: 'system', from: '2030-01-01T09:00:00Z' }],
  },
  {
    method: 'POST',
    path: '/clock/advance',
    does: 'Steps through every due instant on the way, in order; 409 unless the clock is manual',
    body: [{ seconds: 60 }, { milliseconds: 1 }, { to: '2030-01-01T09:00:00Z' }],
  },
  {
    method: 'POST',
    path: '/reset',
    does: 'An empty router, no faults, no events or deliveries; subscriptions stay',
  },
  { method: 'GET', path: '/faults', does: 'What goes wrong on purpose' },
  {
    method: 'PUT',
    path: '/faults',
    does: 'Replaces what goes wrong on purpose; of the rules that concern a request the first that strikes counts',
    body: [
      {
        seed: 7,
        router: [{ operation: 'AcceptJobOffer', kind: '429', probability: 0.2, retryAfterSeconds: 3 }],
        deliveries: [
          { eventType: 'RouterJobQueued', kind: 'delay', probability: 0.5, delayMilliseconds: 2000 },
        ],
      },
    ],
    values: {
      'router[].operation': '* or one of operations',
      'router[].kind': ROUTER_FAULTS.join(', '),
      'deliveries[].eventType': `* or ${AN_EVENT_TYPE}`,
      'deliveries[].kind': DELIVERY_FAULTS.join(', '),
    },
  },
  { method: 'DELETE', path: '/faults', does: 'Nothing goes wrong on purpose any more' },
  {
    method: 'GET',
    path: '/snapshot',
    does: 'The whole router, pending commands included, as one document with a checksum',
  },
  {
    method: 'PUT',
    path: '/snapshot',
    does: 'Becomes that router; a manual clock is set to its time',
    body: 'what GET /_emulator/snapshot answered',
    example: { data: '@snapshot.json' },
  },
  {
    method: 'POST',
    path: '/trigger',
    does: 'Publishes a sample event; overrides replace members of its data, null leaves one out',
    body: [
      { type: 'RouterJobQueued' },
      { type: 'RouterJobQueued', overrides: { jobId: 'job-7', labels: null }, subject: 'job/job-7' },
    ],
    values: { type: AN_EVENT_TYPE },
  },
  {
    method: 'GET',
    path: '/explain/jobs/{jobId}',
    does: "Why each worker of the job's queue was or was not offered it, selector by selector",
    example: { path: '/explain/jobs/job-1' },
  },
  { method: 'GET', path: '/events', does: `Published events, ${LISTED}`, query: ['type', 'limit'] },
  {
    method: 'GET',
    path: '/deliveries',
    does: `Delivery attempts, ${LISTED}`,
    query: ['type', 'subscription', 'limit'],
    example: { path: '/deliveries?type=RouterJobQueued&limit=5' },
  },
  {
    method: 'GET',
    path: '/dead-letters',
    does: `Events given up, ${LISTED}`,
    query: ['type', 'subscription', 'limit'],
  },
  {
    method: 'GET',
    path: '/subscriptions',
    does: 'Who is subscribed, without secrets',
    query: ['subscription', 'limit'],
  },
  {
    method: 'PUT',
    path: '/subscriptions/{name}',
    does: 'Shakes hands with an endpoint and subscribes it: 200 active, 202 waits for its validation URL, 400 refused',
    body: [
      {
        endpoint: 'http://localhost:7071/runtime/webhooks/EventGrid?functionName=acceptOffer',
        filter: { includedEventTypes: ['RouterWorkerOfferIssued'] },
      },
      { endpoint: 'http://localhost:7071/api/router-events', schema: 'CloudEventSchemaV1_0' },
    ],
    values: { 'filter.includedEventTypes[]': AN_EVENT_TYPE },
    example: { path: '/subscriptions/acceptOffer' },
  },
  {
    method: 'DELETE',
    path: '/subscriptions/{name}',
    does: 'Ends a subscription and drops what waits for it',
    example: { path: '/subscriptions/acceptOffer' },
  },
  {
    method: 'GET',
    path: '/validate',
    does: 'What a validation URL points to',
    query: ['subscription', 'code'],
    example: { path: '/validate?subscription=acceptOffer&code=the-code-of-the-handshake' },
  },
];

function exampleOf({ method, path, body, example = {} }: Described, address: string): string {
  const data = example.data ?? (Array.isArray(body) ? JSON.stringify(body[0]) : undefined);
  return [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `'${address}${example.path ?? path}'`,
    ...(data === undefined ? [] : [`-d '${data}'`]),
  ].join(' ');
}

/** `address`: scheme, host and prefix, for the examples. */
export const contentsAt = (address: string, operations: readonly string[]): Contents => ({
  controls: CONTROLS.map((control) => ({
    ...control,
    path: `${CONTROL_PREFIX}${control.path}`,
    example: exampleOf(control, address),
  })),
  operations,
  eventTypes: KNOWN_EVENT_TYPES.map((type) => type.slice(EVENT_TYPE_PREFIX.length)),
});
