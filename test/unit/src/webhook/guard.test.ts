import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntraTokenSettings } from '../../../../src/settings/webhookSettings.ts';
import { createGuard } from '../../../../src/webhook/guard.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const NINE_AM = Date.parse('2026-03-02T09:00:00Z') / 1000;
const HOUR = 3600;

describe('a shared secret', () => {
  const guard = createGuard({ kind: 'sharedSecret', secrets: ['the new one', 'the old one'] }, clock);
  const judge = async (headers: Record<string, string>) => (await guard(new Headers(headers))).kind;

  it.each(['the new one', 'the old one'])('opens the door: "%s"', async (secret) => {
    expect(await judge({ 'x-router-events-secret': secret })).toBe('admitted');
  });

  it.each([
    ['is missing', {}],
    ['is empty', { 'x-router-events-secret': '' }],
    ['is wrong', { 'x-router-events-secret': 'another one' }],
    ['is the beginning of the right one', { 'x-router-events-secret': 'the new' }],
    ['is the list of all of them', { 'x-router-events-secret': 'the new one,the old one' }],
    ['is in another header', { authorization: 'Bearer the new one' }],
  ])('that %s does not', async (_what, headers: Record<string, string>) => {
    expect(await judge(headers)).toBe('refused');
  });

  it('that is refused is not told to the log', async () => {
    const verdict = await guard(new Headers({ 'x-router-events-secret': 'another one' }));
    expect(JSON.stringify(verdict)).not.toContain('another one');
  });
});

describe('a token', async () => {
  const ours = await generateKeyPair('RS256');
  const theirs = await generateKeyPair('RS256');
  let authority = '';
  let isAway = false;
  const issuer = createServer((_request, response) => {
    if (isAway) response.writeHead(503).end();
    else
      exportJWK(ours.publicKey).then((jwk) =>
        response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k1' }] })),
      );
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    authority = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  });
  afterAll(() => issuer.close());

  const settings = (): EntraTokenSettings => ({
    kind: 'entraToken',
    tenantId: 'tenant-1',
    audiences: ['api://webhook-1', 'webhook-1'],
    callers: ['event-grid'],
    authority,
  });
  const claims = (): JWTPayload => ({
    iss: `${authority}/tenant-1/v2.0`,
    aud: 'webhook-1',
    azp: 'event-grid',
    exp: NINE_AM + HOUR,
    nbf: NINE_AM - HOUR,
  });
  const sign = (payload: JWTPayload, key: Parameters<SignJWT['sign']>[0] = ours.privateKey, alg = 'RS256') =>
    new SignJWT(payload).setProtectedHeader({ alg, kid: 'k1' }).sign(key);
  const judge = async (authorization: string) =>
    createGuard(settings(), clock)(new Headers({ authorization }));

  it.each<[string, (payload: JWTPayload) => JWTPayload]>([
    ['of version 2', (payload) => payload],
    [
      'of version 1',
      ({ azp: _, ...rest }) => ({ ...rest, iss: 'https://sts.windows.net/tenant-1/', appid: 'event-grid' }),
    ],
    ['for the other audience', (payload) => ({ ...payload, aud: 'api://webhook-1' })],
    ['with the role', (payload) => ({ ...payload, roles: ['AzureEventGridSecureWebhookSubscriber'] })],
    ['that ended half a minute ago, by our clock', (payload) => ({ ...payload, exp: NINE_AM - 30 })],
  ])('%s opens the door', async (_what, change) => {
    expect(await judge(`Bearer ${await sign(change(claims()))}`)).toEqual({ kind: 'admitted' });
  });

  it.each<[string, (payload: JWTPayload) => JWTPayload]>([
    ['for a wrong audience', (payload) => ({ ...payload, aud: 'webhook-2' })],
    ['of a wrong issuer', (payload) => ({ ...payload, iss: 'https://sts.windows.net/tenant-2/' })],
    ['that has expired', (payload) => ({ ...payload, exp: NINE_AM - HOUR })],
    ['that never expires', ({ exp: _, ...payload }) => payload],
    ['that holds later only', (payload) => ({ ...payload, nbf: NINE_AM + HOUR })],
    ['of another application', (payload) => ({ ...payload, azp: 'somebody-else' })],
    ['of no application', ({ azp: _, ...payload }) => payload],
    ['with another role only', (payload) => ({ ...payload, roles: ['Reader'] })],
  ])('%s does not', async (_what, change) => {
    expect((await judge(`Bearer ${await sign(change(claims()))}`)).kind).toBe('refused');
  });

  it.each<[string, () => Promise<string>]>([
    ['that nobody signed (alg: none)', async () => new UnsecuredJWT(claims()).encode()],
    ['signed with another key', () => sign(claims(), theirs.privateKey)],
    [
      'signed with the public key as a shared secret (HS256)',
      () => sign(claims(), new TextEncoder().encode('whatever is public'), 'HS256'),
    ],
    ['that is none', async () => 'not.a.token'],
  ])('%s does not', async (_what, token) => {
    expect((await judge(`Bearer ${await token()}`)).kind).toBe('refused');
  });

  it('in another scheme does not, nor does none', async () => {
    expect((await judge(`Basic ${await sign(claims())}`)).kind).toBe('refused');
    expect((await judge('')).kind).toBe('refused');
  });

  it('does not while the keys of its issuer cannot be had, and does again when they can', async () => {
    const guard = createGuard(settings(), clock);
    const headers = new Headers({ authorization: `Bearer ${await sign(claims())}` });
    isAway = true;
    expect((await guard(headers)).kind).toBe('refused');
    isAway = false;
    expect((await guard(headers)).kind).toBe('admitted');
  });

  it('that is refused is not told to the log', async () => {
    const token = await sign({ ...claims(), aud: 'webhook-2' });
    expect(JSON.stringify(await judge(`Bearer ${token}`))).not.toContain(token);
  });
});
