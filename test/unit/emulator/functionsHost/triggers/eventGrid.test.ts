import { describe, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../support.ts';

const WATCH = `
  app.eventGrid('watch', { handler: (event, context) => {
    context.log(JSON.stringify({ event, metadata: context.triggerMetadata.data }));
    if (event.fail) throw new Error(event.fail);
  } });
  app.http('other', { handler: () => ({}) });
`;

const HOOK = '/runtime/webhooks/EventGrid?functionName=watch';

const post = (type: string | undefined, body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(type !== undefined && { 'aeg-event-type': type }) },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const VALIDATION = { id: '1', data: { validationCode: 'code-1' } };

interface Row {
  readonly given: string;
  readonly path?: string;
  readonly init: RequestInit;
  readonly status: number;
  /** The whole body, or a part of it that must be there. */
  readonly body: string | RegExp;
}

const ANSWERS: Row[] = [
  { given: 'an event', init: post('Notification', [{ id: '1' }]), status: 202, body: '' },
  { given: 'an event outside an array', init: post('Notification', { id: '1' }), status: 202, body: '' },
  { given: 'no event at all', init: post('Notification', []), status: 202, body: '' },
  { given: 'a type in small letters', init: post('notification', [{}]), status: 202, body: '' },
  {
    given: 'two events of which the second fails',
    init: post('Notification', [{ id: '1' }, { id: '2', fail: 'too late' }]),
    status: 500,
    body: 'Exception while executing function: Functions.watch. too late',
  },
  {
    given: 'an event that is no object',
    init: post('Notification', ['text']),
    status: 500,
    body: /Unable to bind "text" to an event/,
  },
  { given: 'a body that is no JSON', init: post('Notification', '{'), status: 500, body: /cannot be read/ },
  {
    given: 'a body that is neither array nor object',
    init: post('Notification', '1'),
    status: 500,
    body: /neither/,
  },
  {
    given: 'a validation event',
    init: post('SubscriptionValidation', [VALIDATION]),
    status: 200,
    body: '{"validationResponse":"code-1"}',
  },
  {
    given: 'a validation event outside an array',
    init: post('SubscriptionValidation', VALIDATION),
    status: 200,
    body: '{"validationResponse":"code-1"}',
  },
  {
    given: 'a validation event with JSON inside a text',
    init: post('SubscriptionValidation', { data: '{"validationCode":"code-2"}' }),
    status: 200,
    body: '{"validationResponse":"code-2"}',
  },
  {
    given: 'a validation event without a code',
    init: post('SubscriptionValidation', [{ data: {} }]),
    status: 500,
    body: /data\.validationCode/,
  },
  { given: 'a farewell', init: post('Unsubscribe', ''), status: 202, body: '' },
  { given: 'no type', init: post(undefined, [{}]), status: 400, body: /header aeg-event-type is missing/ },
  { given: 'another type', init: post('Greeting', [{}]), status: 400, body: /aeg-event-type is "Greeting"/ },
  {
    given: 'no function',
    path: '/runtime/webhooks/EventGrid',
    init: post('Notification', [{}]),
    status: 404,
    body: /functionName is missing.*Event Grid functions here: watch/,
  },
  {
    given: 'an unknown function',
    path: '/runtime/webhooks/EventGrid?functionName=nobody',
    init: post('Notification', [{}]),
    status: 404,
    body: /cannot find function: 'nobody'/,
  },
  {
    given: 'a function with another trigger',
    path: '/runtime/webhooks/EventGrid?functionName=other',
    init: post('Notification', [{}]),
    status: 404,
    body: /cannot find function: 'other'/,
  },
  {
    given: 'a function in the wrong case',
    path: '/runtime/webhooks/EventGrid?functionName=Watch',
    init: post('Notification', [{}]),
    status: 404,
    body: /cannot find function: 'Watch'/,
  },
  {
    given: 'an extension and a parameter in another case',
    path: '/runtime/webhooks/eventgrid?functionname=watch',
    init: post('Notification', [{}]),
    status: 202,
    body: '',
  },
  {
    given: 'another extension',
    path: '/runtime/webhooks/blobs?functionName=watch',
    init: post('Notification', [{}]),
    status: 404,
    body: /only EventGrid/,
  },
  {
    given: 'an event sent by PUT',
    init: { ...post('Notification', [{}]), method: 'PUT' },
    status: 202,
    body: '',
  },
];

describe('the Event Grid webhook', () => {
  it.each(ANSWERS)('answers $status to $given', async ({ path = HOOK, init, status, body }) => {
    const { fetch } = await runApp(WATCH);
    const answer = await fetch(path, init);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    if (typeof body === 'string') expect(text).toBe(body);
    else expect(text).toMatch(body);
  });

  it.each([
    ['eventgrid.azure.net', 'eventgrid.azure.net'],
    ['eventgrid.azure.us', 'eventgrid.azure.us'],
    ['emulator.test', 'eventgrid.azure.net'],
  ])('answers the origin %s by allowing %s', async (asked, allowed) => {
    const { fetch } = await runApp(WATCH);
    const headers = { 'WebHook-Request-Origin': asked };
    const answer = await fetch(HOOK, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('webhook-allowed-origin')).toBe(allowed);
  });

  it('allows the origin of the public cloud to a caller who names none', async () => {
    const { fetch } = await runApp(WATCH);
    const answer = await fetch(HOOK, { method: 'OPTIONS' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
  });
});

const logged = (app: RunningApp): unknown[] => app.userLines().map((line) => JSON.parse(line));

describe('an Event Grid function', () => {
  it('gets each event of a batch in an invocation of its own, as it was sent', async () => {
    const app = await runApp(WATCH);
    const event = {
      id: 'event-1',
      eventTime: '2026-03-02T09:00:00.0000000Z',
      data: { labels: { Skill: 11 } },
    };
    await app.fetch(HOOK, post('Notification', [event, { id: 'event-2' }]));
    expect(logged(app)).toMatchObject([{ event }, { event: { id: 'event-2' } }]);
    expect(new Set(app.entries.flatMap(({ invocationId }) => invocationId ?? [])).size).toBe(2);
  });

  it('finds its labels camel-cased in triggerMetadata, deeply, and must not read them there', async () => {
    const app = await runApp(WATCH);
    const data = { JobId: 'job-1', labels: { 'Some-Skill': 11, Nested: [{ Deep: true }] } };
    await app.fetch(HOOK, post('Notification', [{ id: '1', data }]));
    expect(logged(app)).toMatchObject([
      {
        event: { data },
        metadata: { jobId: 'job-1', labels: { 'some-Skill': 11, nested: [{ deep: true }] } },
      },
    ]);
  });

  it('runs the events of a batch side by side', async () => {
    const app = await runApp(`
      let release; const both = new Promise((resolve) => { release = resolve; }); let waiting = 0;
      app.eventGrid('watch', { handler: async () => { if (++waiting === 2) release(); await both; } });
    `);
    const answer = await app.fetch(HOOK, post('Notification', [{}, {}]));
    expect(answer.status).toBe(202);
  });

  it('is started by an event for the reason the log gives', async () => {
    const { fetch, entries } = await runApp(WATCH);
    await fetch(HOOK, post('Notification', [{}]));
    const messages = entries.map(({ message }) => message).join('\n');
    expect(messages).toContain("(Reason='EventGrid trigger fired at 2026-03-02T09:00:00.000Z'");
  });
});
