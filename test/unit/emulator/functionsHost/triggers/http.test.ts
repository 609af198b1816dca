import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { runApp } from '../support.ts';

const ECHO = `app.http('echo', { route: 'echo/{id?}', methods: ['GET', 'POST', 'OPTIONS'], handler: async (request) => ({
  jsonBody: {
    method: request.method,
    url: request.url,
    params: request.params,
    query: Object.fromEntries(request.query),
    headers: Object.fromEntries(request.headers),
    body: Buffer.from(await request.arrayBuffer()).toString('hex'),
  },
}) });`;

describe('an HTTP function', () => {
  it('sees method, address, parameters, query and headers', async () => {
    const { fetch, host } = await runApp(ECHO);
    const answer = await fetch('/api/echo/job-1?a=1&b=x%20y&a=2', {
      headers: { 'X-Case': 'Kept', empty: '' },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      method: 'GET',
      url: `${host.url}/api/echo/job-1?a=1&b=x%20y&a=2`,
      params: { id: 'job-1' },
      query: { a: '1,2', b: 'x y' },
      headers: { 'x-case': 'Kept', empty: '' },
      body: '',
    });
  });

  it.each(['application/json', 'text/plain', 'application/octet-stream', 'multipart/form-data', 'nonsense'])(
    'gets the bytes of a %s body untouched',
    async (type) => {
      const { fetch } = await runApp(ECHO);
      const body = Buffer.from([0, 1, 0x7b, 0xff, 0xfe, 0x0d, 0x0a]);
      const answer = await fetch('/api/echo', { method: 'POST', headers: { 'content-type': type }, body });
      expect(await answer.json()).toMatchObject({ body: body.toString('hex') });
    },
  );

  it('answers OPTIONS itself when it says so', async () => {
    const { fetch } = await runApp(ECHO);
    const answer = await fetch('/api/echo', { method: 'OPTIONS' });
    expect(await answer.json()).toMatchObject({ method: 'OPTIONS' });
  });

  it.each([
    ['nothing', 'undefined', 204, ''],
    ['an empty object', '{}', 200, ''],
    ['a text', `{ body: 'hello' }`, 200, 'hello'],
    ['a status and JSON', `{ status: 201, jsonBody: { id: 1 } }`, 201, '{"id":1}'],
    ['a native Response', `new Response('native', { status: 418 })`, 418, 'native'],
    ['a 204 with a body', `{ status: 204, body: 'lost' }`, 204, ''],
  ])('that returns %s is answered as the real host does', async (_case, returned, status, body) => {
    const { fetch } = await runApp(`app.http('f', { handler: () => (${returned}) });`);
    const answer = await fetch('/api/f');
    expect([answer.status, await answer.text()]).toEqual([status, body]);
  });

  it('sets headers and cookies', async () => {
    const { fetch } = await runApp(`app.http('f', { handler: () => ({
      headers: { 'X-Rate': '7' },
      cookies: [{ name: 'a', value: '1', sameSite: 'Strict' }, { name: 'b', value: '2', httpOnly: true }],
    }) });`);
    const { headers } = await fetch('/api/f');
    expect(headers.get('x-rate')).toBe('7');
    expect(headers.getSetCookie()).toEqual(['a=1; path=/; samesite=strict', 'b=2; path=/; httponly']);
  });

  it.each([
    ['throws', `throw new Error('bang')`, 'bang'],
    ['answers something that is no answer', `return 'text'`, 'must be an object'],
  ])('that %s is answered with an empty 500, and the log says why', async (_case, body, reason) => {
    const { fetch, entries } = await runApp(`app.http('f', { handler: () => { ${body} } });`);
    const answer = await fetch('/api/f');
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    const failures = entries.filter(({ level }) => level === 'error');
    expect(failures).toMatchObject([{ functionName: 'f', invocationId: expect.stringMatching(/^id-/) }]);
    expect(failures[0]?.message).toContain(reason);
    expect(failures[0]?.message).toContain(`Executed 'Functions.f' (Failed, Id=`);
  });

  it('is logged from start to end, its own lines between', async () => {
    const { fetch, entries } = await runApp(
      `app.http('f', { handler: (request, context) => context.warn('careful', { n: 1 }) });`,
    );
    await fetch('/api/f');
    const own = entries.filter(({ functionName }) => functionName === 'f');
    const invocationId = own[0]?.invocationId;
    expect(own).toEqual([
      {
        level: 'information',
        category: 'system',
        functionName: 'f',
        invocationId,
        message: `Executing 'Functions.f' (Reason='This function was programmatically called via the host APIs.', Id=${invocationId})`,
      },
      { level: 'warning', category: 'user', functionName: 'f', invocationId, message: 'careful { n: 1 }' },
      {
        level: 'information',
        category: 'system',
        functionName: 'f',
        invocationId,
        message: `Executed 'Functions.f' (Succeeded, Id=${invocationId}, Duration=0ms)`,
      },
    ]);
  });

  it('takes part in the trace of its caller', async () => {
    const { fetch } = await runApp(
      `app.http('f', { handler: (request, context) => ({ body: context.traceContext.traceParent }) });`,
    );
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await fetch('/api/f', { headers: { traceparent } });
    expect(await answer.text()).toBe(traceparent);
  });

  it('does not ask for keys, whatever its level', async () => {
    const { fetch } = await runApp(`app.http('f', { authLevel: 'admin', handler: () => ({ body: 'in' }) });`);
    expect(await (await fetch('/api/f')).text()).toBe('in');
  });
});

it('a body beyond the limit is refused before it is read', async () => {
  const { host, userLines } = await runApp(
    `app.http('f', { handler: (request, context) => context.log('called') });`,
  );
  const request = httpRequest(`${host.url}/api/f`, {
    method: 'POST',
    headers: { 'content-length': 104_857_601 },
  });
  request.flushHeaders();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  request.destroy();
  expect(answer.statusCode).toBe(413);
  expect(userLines()).toEqual([]);
});

describe('the routes of an app', () => {
  it.each([
    ['an unknown path', 'GET', '/api/nowhere'],
    ['a path outside the prefix', 'GET', '/f'],
    ['a method that the function does not take', 'PUT', '/api/f'],
  ])('answer 404 to %s', async (_case, method, path) => {
    const { fetch } = await runApp(`app.http('f', { handler: () => ({}) });`);
    const answer = await fetch(path, { method });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(`No function answers ${method} ${path}`);
  });

  it.each([
    ['v1/things', '/v1/things/f'],
    ['', '/f'],
  ])('stand under the prefix "%s" of host.json', async (routePrefix, path) => {
    const files = { 'host.json': JSON.stringify({ version: '2.0', extensions: { http: { routePrefix } } }) };
    const { fetch } = await runApp(`app.http('f', { handler: () => ({ body: 'here' }) });`, { files });
    expect(await (await fetch(path)).text()).toBe('here');
  });

  it('let the more exact one win, and divide a path by method', async () => {
    const { fetch } = await runApp(`
      app.http('any', { route: '{*rest}', handler: () => ({ body: 'any' }) });
      app.http('one', { route: 'jobs/{id}', methods: ['GET'], handler: () => ({ body: 'one' }) });
      app.http('next', { route: 'jobs/next', methods: ['GET'], handler: () => ({ body: 'next' }) });
    `);
    const bodyOf = async (path: string, method = 'GET') => (await fetch(path, { method })).text();
    expect(await bodyOf('/api/jobs/next')).toBe('next');
    expect(await bodyOf('/api/jobs/1')).toBe('one');
    expect(await bodyOf('/api/jobs/1', 'POST')).toBe('any');
    expect(await bodyOf('/api/elsewhere')).toBe('any');
  });
});
