/** OWASP API7:2023: somebody has the app ask an address of his choice. A server that would notice stands ready. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedApp, offerTo, startAttackedApp, twoWorkers } from '../support/attackedApp.ts';

const asked: string[] = [];
const server = createServer(({ url = '' }, response) => {
  asked.push(url);
  response.end('{"value":[]}');
});
let trap = '';
let app: AttackedApp;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  trap = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await startAttackedApp();
  await twoWorkers(app);
  for (let number = 0; number < 3; number += 1) {
    await app.router('PATCH', `jobs/job-${number}`, { channelId: 'chat', queueId: 'queue-1' });
  }
});
afterEach(() => expect(asked).toEqual([]));
afterAll(async () => {
  server.close();
  await app.close();
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The token of a page as the app made it, and what is in it. */
async function realToken(): Promise<readonly unknown[]> {
  const { json } = await app.attack('GET', 'jobs?limit=1');
  const { next } = json as { next: string };
  return JSON.parse(Buffer.from(next, 'base64url').toString('utf8'));
}

describe('the token of a page', () => {
  it.each([
    ['an address', () => trap],
    ['an address without its scheme', () => trap.slice(5)],
    ['a path of the router', () => '/routing/workers/ada'],
    ['metadata of the cloud', () => 'http://169.254.169.254/metadata/instance'],
  ])('leads nowhere when it is %s', async (_, next) => {
    for (const list of ['jobs', 'workers']) {
      const plain = await app.attack('GET', `${list}?next=${encodeURIComponent(next())}`);
      const packed = await app.attack('GET', `${list}?next=${encoded(next())}`);
      expect([plain.status, packed.status]).toEqual([400, 400]);
    }
  });

  it.each([
    ['an address', () => trap],
    ['an address of a host before the path', () => `@${trap.slice(7)}/`],
    ['a way up', () => '../../workers?'],
    ['a way up that is hidden', () => '%2e%2e/%2e%2e/workers'],
    ['a line break', () => 'a=b\r\nHost: evil.example'],
    ['another fragment', () => '#'],
  ])('that was made by the app leads nowhere else with %s in it', async (_, forged) => {
    const [list, filters] = await realToken();
    for (const token of [
      [list, filters, forged()],
      [forged(), filters, ''],
      [list, filters, `${forged()}&maxpagesize=1`],
    ]) {
      const { status, text } = await app.attack('GET', `jobs?next=${encoded(token)}`);
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/"ada"|loadRatio/);
    }
  });

  it('of one list is none of another', async () => {
    const token = encoded(await realToken());
    expect(await app.attack('GET', `jobs?next=${token}`)).toMatchObject({ status: 200 });
    expect(await app.attack('GET', `workers?next=${token}`)).toMatchObject({ status: 400 });
  });
});

describe('an address in a document', () => {
  /** Plain HTTP to this machine is allowed, so that the trap would hear of it. */
  const rule = (url: string) => ({ name: 'evil', accept: 'auto', complete: 'onAccept', work: { url } });

  it('of work is not asked: the rules of a request are in force nowhere', async () => {
    const put = (url: string) =>
      app.attack('PUT', 'routing', { body: { automation: { rules: [rule(url)] } } });
    expect(await put(`${trap}/work`)).toMatchObject({
      status: 200,
      json: { automation: { inForce: false } },
    });
    expect(await put('http://169.254.169.254/metadata')).toMatchObject({ status: 400 });
    await offerTo(app, 'ada', 'job-for-work');
  });

  it('of a function is not asked by the app, which only hands it on', async () => {
    const rule = { kind: 'function', functionUri: `${trap}/function` };
    const body = { classificationPolicies: [{ id: 'evil', prioritizationRule: rule }] };
    expect((await app.attack('POST', 'routing/plan', { body })).status).toBeLessThan(500);
    expect((await app.attack('PUT', 'routing', { body })).status).toBeLessThan(500);
    expect((await app.attack('GET', 'routing')).status).toBe(200);
  });

  it('of its schema is not fetched', async () => {
    const body = { $schema: `${trap}/schema.json`, queues: [] };
    expect(await app.attack('POST', 'routing/plan', { body })).toMatchObject({ status: 200 });
  });
});

describe('an address elsewhere', () => {
  const key = () => `?code=${app.keys.functions.receiveRouterEvents}`;

  it('in an event is not asked', async () => {
    const data = { validationCode: 'c0de', validationUrl: `${trap}/validate` };
    const eventType = 'Microsoft.EventGrid.SubscriptionValidationEvent';
    const event = {
      id: '1',
      topic: '/t',
      subject: '',
      data,
      eventType,
      eventTime: '2026-01-01T00:00:00Z',
      dataVersion: '1',
    };
    await app.attack('POST', `router-events${key()}`, {
      body: [event],
      headers: { 'aeg-event-type': 'SubscriptionValidation' },
    });
    await app.attack('OPTIONS', `router-events${key()}`, {
      headers: {
        'webhook-request-origin': 'eventgrid.azure.net',
        'webhook-request-callback': `${trap}/callback`,
      },
    });
  });

  it('in a header is not where a caller is sent', async () => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };
    const submitted = await app.attack('POST', 'jobs', {
      headers,
      body: { channelId: 'chat', queueId: 'queue-1' },
    });
    expect(submitted.headers.get('location')).toMatch(/^\/api\/jobs\//);
    const listed = await app.attack('GET', 'jobs?limit=1', { headers });
    expect(listed.headers.get('link')).toMatch(/^<\/api\/jobs\?/);
    const prefer = { ...headers, prefer: 'respond-async' };
    const applied = await app.attack('PUT', 'routing', { headers: prefer, body: { queues: [] } });
    expect(applied.headers.get('location')).toMatch(/^\/api\/routing\/operations\//);
  });

  it.each([
    '%2e%2e',
    '..%2f..%2froutingPolicies',
    'a%3fapi-version=1',
    'a%23',
    '%5c',
    '@evil.example',
    'a%00',
  ])('in an id leads to no other path of the router: %s', async (id) => {
    for (const path of [`jobs/${id}`, `workers/${id}`, `queues/${id}`]) {
      const { status } = await app.attack('GET', path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });
});
