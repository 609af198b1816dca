import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import inject from 'light-my-request';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../../emulator/clock/instant.ts';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { routesTo } from '../../../../../emulator/router/http/routes.ts';
import { NINE_AM, scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';

const code = (code: string, message: unknown = expect.any(String)) => ({
  communicationError: expect.objectContaining({ code, message }),
});

describe('every answer', () => {
  const { send, server } = surfaceOf(scriptedRouter());

  it.each<[what: string, method: 'GET' | 'POST', path: string]>([
    ['an answer', 'GET', '/routing/jobs'],
    ['a refusal', 'GET', '/routing/jobs/job-1'],
    ['an operation that is not emulated', 'POST', '/routing/jobs/job-1:reclassify'],
    ['an unknown path', 'GET', '/routing/nothing/here'],
    ['a path that cannot be decoded', 'GET', '/routing/jobs/%zz'],
    ['a path outside the router', 'GET', '/elsewhere'],
  ])('announces versions and trace, be it %s', async (_, method, path) => {
    const { headers } = await send(method, path);
    expect(headers).toMatchObject({
      'api-supported-versions':
        '2021-04-07-preview1, 2022-07-18-preview, 2023-08-25-preview, 2023-11-01, 2024-01-18-preview',
      'trace-id': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('continues the trace of its caller', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { headers } = await send('GET', '/routing/jobs', { headers: { traceparent } });
    expect(headers['trace-id']).toBe('4bf92f35-77b3-4da6-a3ce-929d0e0e4736');
  });

  it('has a trace of its own without one', async () => {
    const traces = [await send('GET', '/routing/jobs'), await send('GET', '/routing/jobs')];
    expect(new Set(traces.map(({ headers }) => headers['trace-id'])).size).toBe(2);
  });

  it('is given to nobody who is not authenticated', async () => {
    for (const url of ['/routing/jobs?api-version=2023-11-01', '/routing/nothing/here']) {
      const answer = await inject(server.handle, { method: 'GET', url });
      expect([answer.statusCode, answer.json()]).toEqual([401, code('Unauthorized')]);
    }
  });
});

describe('the reference', () => {
  const routes = routesTo(scriptedRouter());

  it('has 33 operations, each with a name of its own', () => {
    expect(new Set(routes.map(([, , name]) => name)).size).toBe(33);
  });

  it.each<[method: 'GET' | 'POST' | 'DELETE', path: string]>([
    ['POST', '/routing/jobs/job-1:complete'],
    ['DELETE', '/routing/jobs'],
    ['GET', '/routing/skills/skill-1'],
    ['GET', '/routing'],
  ])('has no %s %s, and the refusal names it', async (method, path) => {
    const { status, body } = await surfaceOf(scriptedRouter()).send(method, path);
    const message = `The emulator has no operation ${method} ${path}.`;
    expect([status, body]).toEqual([501, code('NotImplemented', message)]);
  });
});

describe('the api-version', () => {
  const version = async (query: string) => {
    const { server } = surfaceOf(scriptedRouter(), { acceptBearer: true });
    const answer = await inject(server.handle, {
      method: 'GET',
      url: `/routing/jobs${query}`,
      headers: { authorization: 'Bearer x' },
    });
    return [answer.statusCode, answer.json()];
  };

  it.each(['2023-11-01', '2024-01-18-preview'])('%s is spoken', async (known) => {
    expect(await version(`?api-version=${known}`)).toEqual([200, { value: [] }]);
  });

  it.each([
    ['', 'The api-version is missing. Supported are 2023-11-01 and 2024-01-18-preview.'],
    [
      '?api-version=2022-07-18-preview',
      'The api-version "2022-07-18-preview" is not supported. Supported are 2023-11-01 and 2024-01-18-preview.',
    ],
  ])('in "%s" is refused', async (query, message) => {
    expect(await version(query)).toEqual([400, code('BadRequest', message)]);
  });
});

describe('input nobody can work with', () => {
  const { send, bugs } = surfaceOf(scriptedRouter());
  const job = '/routing/jobs/job-1';

  it.each<[what: string, body: string, headers: Record<string, string>, status: number]>([
    ['malformed JSON', '{"priority":', {}, 400],
    ['an array', '[]', {}, 400],
    ['JSON null', 'null', {}, 400],
    ['an empty body', '', { 'content-type': 'application/merge-patch+json' }, 400],
    ['plain JSON', '{}', { 'content-type': 'application/json' }, 415],
    ['a content type that is none', '{}', { 'content-type': 'nonsense' }, 415],
    ['a body of two megabytes', `"${'x'.repeat(2 ** 21)}"`, {}, 413],
  ])('in a PATCH, %s is refused in the envelope of the service', async (_, body, headers, status) => {
    const answer = await send('PATCH', job, { body, headers });
    expect([answer.status, answer.body]).toEqual([
      status,
      { communicationError: expect.objectContaining({ target: job }) },
    ]);
    expect(bugs).toEqual([]);
  });

  it.each<[what: string, path: string, status: number]>([
    ['an escape that is none', '/routing/jobs/%zz', 400],
    ['an id longer than any id', `/routing/jobs/${'x'.repeat(600)}`, 414],
  ])('in a path, %s is refused in the envelope of the service', async (_, path, status) => {
    const answer = await send('GET', path);
    expect([answer.status, answer.body]).toEqual([
      status,
      { communicationError: expect.objectContaining({ target: path }) },
    ]);
  });

  it('that is not even HTTP gets the envelope as well', async () => {
    const { server } = surfaceOf(scriptedRouter());
    const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect({ host: '127.0.0.1', port: Number(port) });
    socket.end('this is not HTTP\r\n\r\n');
    const answer = await text(socket);
    await server.close();
    expect(answer).toMatch(/^HTTP\/1\.1 400 BadRequest\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual(code('BadRequest'));
  });
});

describe('a bug', () => {
  it('is a 500 to the client and goes whole to whoever watches', async () => {
    const fault = new Error('a fault of ours');
    const jobs = () => {
      throw fault;
    };
    const { send, bugs } = surfaceOf(scriptedRouter({ read: { jobs } }));
    const { status, body } = await send('GET', '/routing/jobs');
    expect([status, body]).toEqual([500, code('InternalServerError')]);
    expect(bugs).toEqual([fault]);
  });
});

describe('a router whose time is moved by hand', () => {
  it('checks the dates of requests against the clock of its callers', async () => {
    const { send } = surfaceOf(scriptedRouter(), {
      clock: createManualClock(NINE_AM),
      callersClock: createManualClock(instantOf('2026-11-23T20:00:00Z')),
    });
    expect((await send('GET', '/routing/jobs')).status).toBe(200);
  });
});
