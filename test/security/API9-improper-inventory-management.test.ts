/** OWASP API9:2023. What runs is what is described: nothing forgotten, nothing hidden, no second version beside the first. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type AppHost, startAppHost } from '../support/appHost.ts';

const document = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        security: z.array(z.record(z.string(), z.array(z.string()))),
        description: z.string(),
        parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
      }),
    ),
  ),
});

const functions = z.array(
  z.object({
    name: z.string(),
    config: z.object({
      bindings: z.array(
        z.looseObject({
          type: z.string(),
          methods: z.array(z.string()).optional(),
          route: z.string().optional(),
          authLevel: z.string().optional(),
        }),
      ),
    }),
  }),
);

let host: AppHost;
let described: z.infer<typeof document>;
beforeAll(async () => {
  host = await startAppHost();
  described = document.parse(await (await fetch(`${host.url}/api/openapi.json`)).json());
});
afterAll(() => host.close());

/** What the built bundle has registered, as the host tells administrators. */
async function registered() {
  const answer = await fetch(`${host.url}/admin/functions`, { headers: host.masterKey });
  return functions
    .parse(await answer.json())
    .flatMap(({ name, config }) =>
      config.bindings
        .filter(({ type }) => type === 'httpTrigger')
        .flatMap(({ methods = [], route, authLevel }) =>
          methods.map((method) => ({ name, operation: `${method} /api/${route}`, level: authLevel })),
        ),
    );
}

const operations = () =>
  Object.entries(described.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      operation: `${method.toUpperCase()} ${path}`,
      path,
      ...operation,
    })),
  );

describe('the description of the API', () => {
  it('has every route and method that the bundle registers, and no other', async () => {
    const routes = (await registered()).map(({ operation }) => operation);
    expect(
      operations()
        .map(({ operation }) => operation)
        .toSorted(),
    ).toEqual(routes.toSorted());
  });

  it('calls each by the name of its function', async () => {
    const names = new Map((await registered()).map(({ operation, name }) => [operation, name]));
    for (const { operation, operationId } of operations()) {
      // An operation needs a name of its own, and one function answers both methods of the webhook.
      if (operationId !== 'permitRouterEvents') expect(operationId).toBe(names.get(operation));
    }
  });

  it('says of each which key it asks for', async () => {
    for (const { operation, level } of await registered()) {
      const { security, description } = operations().find((each) => each.operation === operation) ?? {};
      const schemes = security?.flatMap((each) => Object.keys(each));
      expect([operation, schemes]).toEqual([
        operation,
        level === 'anonymous' ? [] : ['functionKey', 'functionKeyInQuery'],
      ]);
      expect(description?.includes('master key')).toBe(level === 'admin');
    }
  });

  it('has every parameter of every route', () => {
    for (const { path, parameters } of operations()) {
      const named = parameters.flatMap(({ name, in: where }) => (where === 'path' ? [name] : []));
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('is the one that is checked in', async () => {
    const served: unknown = await (await fetch(`${host.url}/api/openapi.json`)).json();
    expect(served).toEqual(JSON.parse(await readFile('docs/openapi.json', 'utf8')));
  });
});

describe('somebody who looks for what is not described', () => {
  it.each([
    '/api',
    '/api/v1/jobs',
    '/api/v2/jobs',
    '/api/swagger.json',
    '/api/debug',
    '/api/jobs/../admin',
    '/.env',
    '/local.settings.json',
    '/host.json',
    '/dist/app.cjs',
    '/api/docs/..%2fapp.cjs',
    '/api/docs/%2e%2e%2f%2e%2e%2fhost.json',
    '/api/docs/openapi.json.gz',
    '/api/docs/__proto__',
  ])('finds nothing at %s', async (path) => {
    const answer = await fetch(`${host.url}${path}`, { headers: host.key });
    expect(answer.status).toBe(404);
  });

  it('gets nothing by a method that an operation does not have', async () => {
    const keys = host.masterKey;
    for (const { path } of operations()) {
      const described = operations().filter((each) => each.path === path);
      const others = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'].filter(
        (method) => !described.some(({ operation }) => operation.startsWith(`${method} `)),
      );
      for (const method of others) {
        const url = `${host.url}${path.replaceAll(/\{\w+\}/g, 'one')}`;
        expect([method, path, (await fetch(url, { method, headers: keys })).status]).toEqual([
          method,
          path,
          404,
        ]);
      }
    }
  });

  it('is not told by the host which functions there are', async () => {
    for (const headers of [{}, host.key]) {
      expect((await fetch(`${host.url}/admin/functions`, { headers })).status).toBe(401);
    }
  });
});
