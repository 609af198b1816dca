/** OWASP API5:2023: somebody calls a function that is for others, by its address, by another method, or past its path. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../../src/http/caller.ts';
import { endpoints } from '../../src/http/endpoints.ts';
import { type AttackedApp, startAttackedApp } from '../support/attackedApp.ts';

let app: AttackedApp;
beforeAll(async () => {
  app = await startAttackedApp({ EASY_AUTH: 'required' });
});
afterAll(() => app.close());

const guarded = endpoints.filter(({ level }) => level !== 'anonymous');
const pathOf = (route: string) => route.replaceAll(/\{\w+\}/g, 'x');
const keyOf = (level: string) => (level === 'admin' ? app.keys.master : app.keys.host);

describe.each(guarded.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  const { method, route, level } = endpoint;
  const body = method === 'GET' ? {} : { body: {} };
  const wrong: readonly Role[] = roles.filter((role) => !endpoint.roles.includes(role));

  it('is closed to every role that it is not for', async () => {
    const all = await Promise.all(
      wrong.map((role) =>
        app.attack(method, pathOf(route), { as: { id: 'eve', roles: [role] }, key: keyOf(level), ...body }),
      ),
    );
    expect(all.map(({ status }) => status)).toEqual(wrong.map(() => 403));
  });

  it('is closed to whoever has the key and did not sign in', async () => {
    expect(await app.attack(method, pathOf(route), { key: keyOf(level), ...body })).toMatchObject({
      status: 401,
    });
  });

  it('is closed to whoever signed in and has no key, or one of a lower level', async () => {
    const as = { id: 'eve', roles };
    expect(await app.attack(method, pathOf(route), { as, key: null, ...body })).toMatchObject({
      status: 401,
    });
    if (level === 'admin') {
      expect(await app.attack(method, pathOf(route), { as, key: app.keys.host, ...body })).toMatchObject({
        status: 401,
      });
    }
  });
});

describe('a way around', () => {
  const reader = { id: 'eve', roles: ['Jobs.Read'] } as const;

  it.each([
    [
      'another method in a header',
      'GET',
      'jobs',
      { 'x-http-method-override': 'PUT', 'x-http-method': 'PUT' },
    ],
    [
      'another address in a header',
      'GET',
      'jobs',
      { 'x-original-url': '/api/routing', 'x-rewrite-url': '/api/routing' },
    ],
  ])('is no way: %s', async (_, method, path, headers) => {
    const { status, text } = await app.attack(method, path, { as: reader, headers });
    expect([200, 404]).toContain(status);
    expect(text).not.toContain('distributionPolicies');
  });

  it.each([
    'ROUTING',
    'routing/',
    '/routing',
    'jobs/../routing',
    'jobs/%2e%2e/routing',
    'routing%2f',
    'routing?a=b#c',
  ])('is no way: %s', async (path) => {
    expect([401, 403, 404]).toContain((await app.attack('PUT', path, { as: reader, body: {} })).status);
  });

  it.each(['HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'TRACE-IT'])(
    'is no way: %s of the routing',
    async (method) => {
      const { status } = await app.attack(method, 'routing', { as: reader });
      expect(status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each(['functions', 'functions/reconcileJobs', 'host/keys', 'host/status'])(
    'is no way: the own path admin/%s of the host',
    async (path) => {
      const headers = { 'x-functions-key': app.keys.host };
      const { status } = await fetch(`${app.url}/admin/${path}`, { headers });
      expect(status).toBe(401);
    },
  );
});
