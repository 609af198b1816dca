/**
 * Everything somebody may try at the webhook who is not Event Grid, against the built app in a host that asks for keys
 * as Azure does. Nobody but Event Grid may be believed, learn anything, or make the app call an address.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_ROOT } from '../../emulator/app.ts';
import { createSystemClock } from '../../emulator/clock/systemClock.ts';
import { type HostProcess, startHostProcess } from '../../emulator/hostProcess.ts';

const TOPIC = '/subscriptions/1/resourceGroups/it/providers/Microsoft.Communication/CommunicationServices/it';
const TENANT = '11111111-1111-4111-8111-111111111111';
const AUDIENCE = 'api://webhook';
const EVENT_GRID = '4962773b-9cdb-44cf-a8bf-237846a00ab7';
const SECRET = 'a secret of these tests';
const CODE = 'C0DE-0F-THE-VALIDATION';

const signing = await generateKeyPair('RS256');
const trapped: string[] = [];
const closing: (() => unknown)[] = [];

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(settings: Readonly<Record<string, string>>): Promise<HostProcess> {
  const host = await startHostProcess({
    appRoot: APP_ROOT,
    port: 0,
    functionKeys: true,
    environment: {
      COMMUNICATION_CONNECTION_STRING: 'endpoint=http://127.0.0.1:1/;accesskey=aXQ=',
      COMMUNICATION_ENDPOINT: '',
      AUTOMATION_RULES: '{"automation":{"rules":[]}}',
      AzureWebJobsStorage: '',
      ALLOWED_TOPICS: TOPIC,
      ...settings,
    },
    onLog: () => undefined,
  });
  closing.push(() => host.close());
  return host;
}

let authority = '';
let trap = '';
let keyed: HostProcess;
let secret: HostProcess;
let token: HostProcess;
let broken: HostProcess;
let mistyped: HostProcess;

beforeAll(async () => {
  trap = await serve(({ url = '' }, response) => {
    trapped.push(url);
    response.end();
  });
  const jwk = { ...(await exportJWK(signing.publicKey)), kid: 'k1' };
  authority = await serve((_request, response) => void response.end(JSON.stringify({ keys: [jwk] })));
  [keyed, secret, token, broken, mistyped] = await Promise.all([
    start({}),
    start({ WEBHOOK_GUARD: 'sharedSecret', WEBHOOK_SECRETS: `${SECRET}, an older one` }),
    start({
      WEBHOOK_GUARD: 'entraToken',
      WEBHOOK_TENANT_ID: TENANT,
      WEBHOOK_AUDIENCE: AUDIENCE,
      WEBHOOK_AUTHORITY: authority,
    }),
    start({ WEBHOOK_GUARD: 'sharedSecret' }),
    start({ WEBHOOK_GUARD: 'sharedsecret', WEBHOOK_SECRETS: SECRET }),
  ]);
});

afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
});

const cancelled = {
  id: 'e-1',
  topic: TOPIC,
  subject: 'job/job-1',
  eventType: 'Microsoft.Communication.RouterJobCancelled',
  eventTime: '2026-03-02T09:00:00Z',
  data: { jobId: 'job-1', channelId: 'voice', queueId: 'queue-1', labels: {}, tags: {} },
  dataVersion: '1.0',
  metadataVersion: '1',
};

const validation = (topic = TOPIC) => ({
  ...cancelled,
  topic,
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
  data: { validationCode: CODE, validationUrl: `${trap}/validate` },
});

type Headers = Readonly<Record<string, string>>;

async function call(host: HostProcess, method: 'POST' | 'OPTIONS', headers: Headers, events?: unknown) {
  const answer = await fetch(`${host.url}/api/router-events`, {
    method,
    headers,
    ...(events !== undefined && { body: JSON.stringify(events) }),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const post = (host: HostProcess, headers: Headers, events: unknown = [cancelled]) =>
  call(host, 'POST', { 'aeg-event-type': 'Notification', ...headers }, events);

const validate = (host: HostProcess, headers: Headers, topic?: string) =>
  call(host, 'POST', { 'aeg-event-type': 'SubscriptionValidation', ...headers }, [validation(topic)]);

const options = (host: HostProcess, headers: Headers) => call(host, 'OPTIONS', headers);

const key = (): Headers => ({ 'x-functions-key': keyed.keys?.functions.receiveRouterEvents ?? '' });

describe('with the key of the function', () => {
  it('no key: nobody comes in', async () => {
    expect(await post(keyed, {})).toMatchObject({ status: 401, text: '' });
    expect(await validate(keyed, {})).toMatchObject({ status: 401, text: '' });
    expect(await options(keyed, { 'WebHook-Request-Origin': 'eventgrid.azure.net' })).toMatchObject({
      status: 401,
      text: '',
    });
  });

  it('a wrong key: nobody comes in, be it of another function', async () => {
    const wrong = ['wrong', keyed.keys?.functions.submitJob ?? ''];
    for (const one of wrong) expect((await post(keyed, { 'x-functions-key': one })).status).toBe(401);
  });

  it('the right key: events are handled, and a subscription to an allowed topic is validated', async () => {
    const answer = await post(keyed, key());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ events: [{ id: 'e-1', outcome: 'ignored' }] });
    expect(JSON.parse((await validate(keyed, key())).text)).toEqual({ validationResponse: CODE });
  });

  it('an aeg-event-type that calls an event a validation: it is handled as the event it is', async () => {
    const answer = await post(keyed, { ...key(), 'aeg-event-type': 'SubscriptionValidation' });
    expect(JSON.parse(answer.text)).toMatchObject({ events: [{ id: 'e-1', outcome: 'ignored' }] });
  });

  it('an aeg-event-type that calls a validation an event: its code is not told', async () => {
    const answer = await post(keyed, key(), [validation()]);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(CODE);
  });

  it('a validation for a topic that is not allowed: nothing comes back', async () => {
    const answer = await validate(keyed, key(), `${TOPIC}-of-somebody-else`);
    expect(answer).toMatchObject({ status: 503, text: '' });
  });

  it('an event of a topic that is not allowed: nothing is done', async () => {
    const answer = await post(keyed, key(), [{ ...cancelled, topic: '/subscriptions/2' }]);
    expect(JSON.parse(answer.text)).toMatchObject({ events: [{ outcome: 'ignored' }] });
    expect(answer.text).toContain('ALLOWED_TOPICS');
  });

  it('a forged validationUrl, or a callback in OPTIONS: never fetched', async () => {
    await validate(keyed, key());
    await validate(keyed, key(), '/subscriptions/2');
    await post(keyed, key(), [validation()]);
    await options(keyed, {
      ...key(),
      'WebHook-Request-Origin': 'eventgrid.azure.net',
      'WebHook-Request-Callback': `${trap}/callback`,
    });
    expect(trapped).toEqual([]);
  });

  it("a stranger's OPTIONS: no permission", async () => {
    const asked = await options(keyed, { ...key(), 'WebHook-Request-Origin': 'evil.example.com' });
    expect(asked.headers.get('webhook-allowed-origin')).toBeNull();
    expect(asked.headers.get('webhook-allowed-rate')).toBeNull();
    expect(asked.text).toBe('');
  });

  it("Event Grid's OPTIONS: permission", async () => {
    const asked = await options(keyed, { ...key(), 'WebHook-Request-Origin': 'eventgrid.azure.net' });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
  });
});

/** Refused in the one way that keeps events: they come again, and nobody learns anything. */
async function expectRefused(host: HostProcess, headers: Headers): Promise<void> {
  const answers = await Promise.all([
    post(host, headers),
    validate(host, headers),
    options(host, { ...headers, 'WebHook-Request-Origin': 'eventgrid.azure.net' }),
  ]);
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, text: '' });
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.headers.get('webhook-allowed-origin')).toBeNull();
  }
}

describe('with a shared secret', () => {
  it('no secret: refused', () => expectRefused(secret, {}));
  it('a wrong secret: refused', () => expectRefused(secret, { 'x-router-events-secret': 'wrong' }));
  it('the master key instead of it: refused', () =>
    expectRefused(secret, { 'x-functions-key': secret.keys?.master ?? '' }));

  it('the secret, or the one before it: let in', async () => {
    for (const one of [SECRET, 'an older one']) {
      expect((await post(secret, { 'x-router-events-secret': one })).status).toBe(200);
    }
    expect(JSON.parse((await validate(secret, { 'x-router-events-secret': SECRET })).text)).toEqual({
      validationResponse: CODE,
    });
  });
});

describe('with a token', () => {
  const inAnHour = Math.floor(createSystemClock().now() / 1000) + 3600;
  const claims = (): JWTPayload => ({
    iss: `https://sts.windows.net/${TENANT}/`,
    aud: AUDIENCE,
    appid: EVENT_GRID,
    exp: inAnHour,
  });
  const bearer = (jwt: string): Headers => ({ authorization: `Bearer ${jwt}` });
  const signed = async (payload: JWTPayload, by = signing.privateKey): Promise<Headers> =>
    bearer(await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(by));

  it('of Event Grid for this webhook: let in', async () => {
    expect((await post(token, await signed(claims()))).status).toBe(200);
  });

  it('none: refused', () => expectRefused(token, {}));
  it('wrong audience: refused', async () =>
    expectRefused(token, await signed({ ...claims(), aud: 'api://another' })));
  it('wrong issuer: refused', async () =>
    expectRefused(token, await signed({ ...claims(), iss: `${authority}/another/v2.0` })));
  it('expired: refused', async () =>
    expectRefused(token, await signed({ ...claims(), exp: inAnHour - 7200 })));
  it('alg none: refused', () => expectRefused(token, bearer(new UnsecuredJWT(claims()).encode())));
  it('signed by somebody else: refused', async () =>
    expectRefused(token, await signed(claims(), (await generateKeyPair('RS256')).privateKey)));
  it('of another application: refused', async () =>
    expectRefused(token, await signed({ ...claims(), appid: 'somebody-else' })));
});

describe('with settings that are wrong', () => {
  it('a guard without its secret: everybody is refused', () =>
    expectRefused(broken, { 'x-router-events-secret': '' }));

  it('a guard that is misspelt: the key of the function is asked for, and nothing is believed', async () => {
    expect((await post(mistyped, { 'x-router-events-secret': SECRET })).status).toBe(401);
    await expectRefused(mistyped, {
      'x-functions-key': mistyped.keys?.master ?? '',
      'x-router-events-secret': SECRET,
    });
  });
});
