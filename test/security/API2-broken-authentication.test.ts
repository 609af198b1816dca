/** OWASP API2:2023: somebody passes for who he is not, with a header, a token or a key that he made himself. */
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedApp, startAttackedApp } from '../support/attackedApp.ts';
import { principalHeader } from '../support/principalHeader.ts';

let app: AttackedApp;
let open: AttackedApp;
beforeAll(async () => {
  [app, open] = await Promise.all([startAttackedApp({ EASY_AUTH: 'required' }), startAttackedApp()]);
});
afterAll(() => Promise.all([app.close(), open.close()]));

const admin = { id: 'eve', roles: ['Routing.Admin'] } as const;
const { 'x-ms-client-principal': header } = principalHeader(admin);
const forged = new UnsecuredJWT({ oid: 'eve', roles: ['Routing.Admin'] }).encode();
const claims = [{ typ: 'roles', val: 'Routing.Admin' }];
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('nobody is let in by', () => {
  it.each([
    ['a name alone', { 'x-ms-client-principal-id': 'eve', 'x-ms-client-principal-name': 'Routing.Admin' }],
    [
      'a token that nobody checked',
      { authorization: `Bearer ${forged}`, 'x-ms-token-aad-access-token': forged },
    ],
    ['a cookie', { cookie: `AppServiceAuthSession=${header}` }],
    ['JSON that is not encoded', { 'x-ms-client-principal': JSON.stringify({ claims }) }],
    ['a header with something after it', { 'x-ms-client-principal': `${header} x` }],
    ['half a header', { 'x-ms-client-principal': header.slice(0, -9) }],
    ['claims as one object', { 'x-ms-client-principal': encoded({ claims: { roles: 'Routing.Admin' } }) }],
    ['roles beside the claims', { 'x-ms-client-principal': encoded({ userRoles: ['Routing.Admin'] }) }],
    [
      'two ids',
      {
        'x-ms-client-principal': encoded({
          claims: [...claims, ...['a', 'b'].map((val) => ({ typ: 'oid', val }))],
        }),
      },
    ],
    [
      'a header that is longer than any',
      { 'x-ms-client-principal': encoded({ claims, padding: 'x'.repeat(9_000) }) },
    ],
  ])('%s', async (_, headers) => {
    const { status, json, headers: answered } = await app.attack('GET', 'routing', { headers });
    expect(status).toBe(401);
    expect(answered.get('www-authenticate')).toBe('Bearer');
    expect(JSON.stringify(json)).not.toContain('eve');
  });

  it.each([
    ['another provider than Entra', { auth_typ: 'github', claims }],
    ['a role in another spelling', { claims: [{ typ: 'roles', val: 'routing.admin' }] }],
    ['a list of roles in one claim', { claims: [{ typ: 'roles', val: '["Routing.Admin"]' }] }],
    ['a claim of a like name', { claims: [{ typ: 'Roles', val: 'Routing.Admin' }] }],
  ])('roles from %s', async (_, principal) => {
    const headers = { 'x-ms-client-principal': encoded(principal) };
    expect(await app.attack('GET', 'routing', { headers })).toMatchObject({ status: 403 });
  });

  it('two headers, one of them true', async () => {
    const headers = new Headers({ 'x-functions-key': app.keys.host });
    headers.append('x-ms-client-principal', header);
    headers.append('x-ms-client-principal', encoded({ claims: [] }));
    expect((await fetch(`${app.url}/api/routing`, { headers })).status).toBe(401);
  });
});

describe('a key opens nothing that is', () => {
  it.each([
    ['empty', ''],
    ['of another function', 'health'],
    ['of the webhook', 'eventGrid'],
    ['cut off', 'cut'],
    ['in other letters', 'upper'],
    ['a wildcard', '*'],
  ])('%s', async (_, kind) => {
    const { host, eventGrid, functions } = app.keys;
    const made: Record<string, string | undefined> = {
      eventGrid,
      health: functions.health,
      cut: host.slice(0, -1),
      upper: host.toUpperCase(),
    };
    for (const asked of [{ key: made[kind] ?? kind }, { key: null, code: made[kind] ?? kind }]) {
      const path = 'code' in asked ? `routing?code=${encodeURIComponent(asked.code)}` : 'routing';
      expect(await app.attack('GET', path, { as: admin, key: asked.key })).toMatchObject({
        status: 401,
        text: '',
      });
    }
  });
});

describe('while nobody has to sign in', () => {
  it('a header of App Service authentication gives nothing to whoever has no key', async () => {
    expect(await open.attack('GET', 'routing', { as: admin, key: null })).toMatchObject({ status: 401 });
    expect(await open.attack('GET', 'parked-events', { as: admin })).toMatchObject({ status: 401 });
  });

  it('and takes nothing from whoever has one', async () => {
    expect(await open.attack('GET', 'routing', { as: { id: 'eve', roles: [] } })).toMatchObject({
      status: 200,
    });
    const headers = { 'x-ms-client-principal': 'nonsense' };
    expect(await open.attack('GET', 'routing', { headers })).toMatchObject({ status: 200 });
  });
});
