/**
 * OWASP API10:2023. The router is somebody else's service. What it answers is believed as far as it reads, wherever it points
 * nobody is sent, and nothing it says about itself gets out.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedAnswer, type SeenRequest, startAnsweringServer } from '../support/answeringServer.ts';
import { type AppHost, ROUTER_KEY, startAppHost } from '../support/appHost.ts';

const PRIVATE = 'Server=tcp:sql.internal.example;Password=hunter2';

type Server = Awaited<ReturnType<typeof startAnsweringServer>>;
let host: AppHost;
let router: Server;
let trap: Server;
let answerWith: (request: SeenRequest) => ScriptedAnswer;
beforeAll(async () => {
  trap = await startAnsweringServer({ status: 200, body: { id: 'job-1', status: 'queued' } });
  router = await startAnsweringServer((request) => answerWith(request));
  host = await startAppHost(router.connection.endpoint);
});
afterAll(async () => {
  await host.close();
  await Promise.all([router[Symbol.asyncDispose](), trap[Symbol.asyncDispose]()]);
});
beforeEach(() => {
  trap.seen.length = 0;
});

const routerSays = (answer: ScriptedAnswer) => {
  answerWith = () => answer;
};

/** What the app makes of it for a caller. */
async function ask(path = 'jobs/job-1', init: RequestInit = {}) {
  const answer = await fetch(`${host.url}/api/${path}`, { headers: host.key, ...init });
  const text = await answer.text();
  return { status: answer.status, text, told: `${JSON.stringify([...answer.headers])} ${text}` };
}

describe('a router that answers what cannot be', () => {
  it.each<[string, ScriptedAnswer]>([
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: `<h1>${PRIVATE}</h1>` }],
    ['half of a text', { status: 200, body: '{"id":"job-1","status":' }],
    ['nothing', { status: 200, body: '' }],
    ['a list', { status: 200, body: [] }],
    ['null', { status: 200, body: 'null' }],
    ['an id that is a number', { status: 200, body: { id: 5, note: PRIVATE } }],
    ['labels that are a text', { status: 200, body: { id: 'job-1', labels: PRIVATE } }],
    ['assignments that are a list', { status: 200, body: { id: 'job-1', assignments: [1] } }],
  ])('%s: is not believed, and nothing of it is handed on', async (_what, answer) => {
    routerSays(answer);
    const { status, told } = await ask();
    expect([502, 503]).toContain(status);
    expect(told).not.toContain('hunter2');
  });

  it('an error with the inside of the service: says what went wrong, and none of that', async () => {
    for (const status of [400, 401, 403, 404, 409, 500]) {
      const message = `${PRIVATE} at http://10.0.0.7:8080/internal ${ROUTER_KEY} ${'A'.repeat(60)}`;
      // Without the header it would be asked again, and again.
      routerSays({ status, headers: { 'retry-after': '600' }, body: { error: { code: 'Oops', message } } });
      const { told } = await ask('jobs/job-1/cancel', { method: 'POST' });
      expect(told).not.toMatch(/10\.0\.0\.7|internal|AAAA/);
      expect(told).not.toContain(ROUTER_KEY);
    }
  });

  it('a header with a line of its own: gets no line into the answer', async () => {
    routerSays({ status: 200, body: { id: 'job-1', status: 'created', etag: '"a"\r\nset-cookie: a=b' } });
    const { told } = await ask();
    expect(told).not.toContain('"set-cookie"');
  });
});

describe('a router that points elsewhere', () => {
  it.each([301, 302, 303, 307, 308])('by %i: is not followed to another server', async (status) => {
    routerSays({ status, headers: { location: `${trap.connection.endpoint}routing/jobs/job-1` }, body: '' });
    const { status: answered } = await ask();
    expect(answered).toBeGreaterThanOrEqual(500);
    expect(trap.seen).toEqual([]);
  });

  it('by the link to the next page: is not followed, and its address is not shown', async () => {
    const nextLink = `${trap.connection.endpoint}routing/jobs?next=1`;
    routerSays({ status: 200, body: { value: [{ id: 'job-1' }], nextLink } });
    const { text } = await ask('jobs');
    expect(text).not.toContain(trap.connection.endpoint);
    const { next } = JSON.parse(text);
    if (typeof next === 'string') await ask(`jobs?next=${encodeURIComponent(next)}`);
    await ask('routing');
    expect(trap.seen).toEqual([]);
  });
});

describe('a router that gives too much', () => {
  it('pages without an end: an export comes to one', async () => {
    answerWith = ({ url }) => ({
      status: 200,
      body: { value: [], nextLink: `${router.connection.endpoint.replace(/\/$/, '')}${url}` },
    });
    const { status } = await ask('routing');
    expect(status).toBeGreaterThanOrEqual(500);
  });

  it('a long answer: is read or refused, and the app goes on', async () => {
    routerSays({
      status: 200,
      body: `{"id":"job-1","notes":[${'{"message":"x"},'.repeat(300_000)}{"message":"x"}]}`,
    });
    const { status } = await ask('jobs/job-1');
    expect([200, 502, 503]).toContain(status);
    routerSays({ status: 200, body: { id: 'job-1', status: 'created' } });
    expect((await ask()).status).toBe(200);
  });

  it('a wait of years: is handed on as a header, and not waited for', async () => {
    routerSays({ status: 503, headers: { 'retry-after': '99999999' }, body: '' });
    const begun = performance.now();
    const { status } = await ask();
    expect(status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('members that nobody knows, named as those of every object: change nothing', async () => {
    routerSays({
      status: 200,
      body: '{"id":"job-1","status":"created","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
    });
    expect((await ask()).status).toBe(200);
    routerSays({ status: 200, body: { id: 'job-2', status: 'created' } });
    expect((await ask('jobs/job-2')).text).not.toContain('isAdmin');
  });
});
