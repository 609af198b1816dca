/** OWASP API8:2023. What the app shows of its inside, what it lets browsers do, and what it does when its settings are wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnsweringServer } from '../support/answeringServer.ts';
import { type AppHost, ROUTER_KEY, startAppHost } from '../support/appHost.ts';

const SECRET = 'c2VjcmV0LW9mLWEtd3Jvbmctc2V0dGluZw';

let host: AppHost;
let misconfigured: AppHost;
let router: Awaited<ReturnType<typeof startAnsweringServer>>;
beforeAll(async () => {
  // A router that is away, and says for how long: what says nothing is asked again for seconds.
  router = await startAnsweringServer({ status: 503, headers: { 'retry-after': '600' }, body: '' });
  [host, misconfigured] = await Promise.all([
    startAppHost(router.connection.endpoint),
    startAppHost(undefined, {
      COMMUNICATION_CONNECTION_STRING: `endpoint=nonsense;accesskey=${SECRET}`,
      WORK_SIGNING_SECRET: SECRET.slice(0, 8),
    }),
  ]);
});
afterAll(async () => {
  await Promise.all([host.close(), misconfigured.close()]);
  await router[Symbol.asyncDispose]();
});

/** Everything an answer tells, headers included. */
async function told(answer: Response): Promise<string> {
  return `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

/** The folder of the app, frames of a stack, the key, and where the router is. */
const inside = () =>
  new RegExp(
    [
      process.cwd(),
      String.raw`\n\s+at `,
      String.raw`app\.cjs`,
      'node_modules',
      ROUTER_KEY,
      new URL(router.connection.endpoint).host,
    ].join('|'),
  );

describe('an answer to a request that goes wrong', () => {
  it.each<[string, string, string, RequestInit]>([
    ['a body that is no JSON', 'POST', 'jobs', { body: '{"channelId":' }],
    ['a body that is no text', 'POST', 'jobs', { body: new Uint8Array([0xff, 0xfe, 0x00]) }],
    ['a body of another shape', 'POST', 'jobs', { body: '{"jobs":[]}' }],
    ['an id that is none', 'GET', 'jobs/%00', {}],
    ['an id that is a path', 'GET', 'jobs/..%2f..%2fetc%2fpasswd', {}],
    ['an unknown parameter', 'PUT', 'routing?debug=true', { body: '{}' }],
    ['a router that is away', 'GET', 'jobs/job-1', {}],
    ['a document full of mistakes', 'PUT', 'routing', { body: '{"queues":[{}],"secret":"x"}' }],
    ['storage that is not there', 'GET', 'parked-events', {}],
  ])('%s: tells nothing of the inside', async (_what, method, path, init) => {
    const answer = await fetch(`${host.url}/api/${path}`, { method, headers: host.masterKey, ...init });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await told(answer)).not.toMatch(inside());
  });

  it('carries no name or version of what runs here', async () => {
    const answer = await fetch(`${host.url}/api/health`);
    expect([...answer.headers.keys()]).not.toContain('x-powered-by');
    expect(await told(answer)).not.toMatch(/node\/|v\d+\.\d+\.\d+/i);
  });
});

describe('an app whose settings are wrong', () => {
  it.each([
    ['GET', 'health'],
    ['GET', 'jobs/job-1'],
    ['PUT', 'routing'],
    ['GET', 'parked-events'],
  ])('%s %s: names the settings and shows none of their values', async (method, path) => {
    const answer = await fetch(`${misconfigured.url}/api/${path}`, {
      method,
      headers: misconfigured.masterKey,
    });
    expect(answer.status).toBe(503);
    const text = await told(answer);
    expect(text).toContain('COMMUNICATION_CONNECTION_STRING');
    expect(text).not.toContain(SECRET.slice(0, 8));
  });
});

describe('a browser', () => {
  it('is not allowed to call from a page of somebody else', async () => {
    const origin = { origin: 'https://attacker.example' };
    const preflight = await fetch(`${host.url}/api/jobs`, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST' },
    });
    const plain = await fetch(`${host.url}/api/health`, { headers: origin });
    for (const { headers } of [preflight, plain]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('keeps no answer, and takes none for something else than it is', async () => {
    for (const path of ['health', 'jobs/job-1', 'parked-events']) {
      const { headers } = await fetch(`${host.url}/api/${path}`, { headers: host.masterKey });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each(['docs', 'docs/start.js', 'openapi.json'])('gets /api/%s under a strict policy', async (path) => {
    const { headers, status } = await fetch(`${host.url}/api/${path}`);
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });
});

describe('the page at /api/docs', () => {
  const addresses = (text: string): string[] => text.match(/(?:https?:)?\/\/[\w.-]+\.\w+/g) ?? [];

  it('loads what this app serves, and nothing of anybody else', async () => {
    const page = await (await fetch(`${host.url}/api/docs`)).text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target = '']) => target);
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((target) => !target.startsWith('/api/') && target !== 'data:,')).toEqual([]);
    expect(page).not.toMatch(/<style|style=|<script>|\son\w+=/);
    for (const target of loaded.filter((each) => each.startsWith('/'))) {
      expect([target, (await fetch(`${host.url}${target}`)).status]).toEqual([target, 200]);
    }
  });

  it('fetches no font and no picture from anywhere', async () => {
    for (const sheet of ['swagger-ui.css', 'page.css']) {
      const text = await (await fetch(`${host.url}/api/docs/${sheet}`)).text();
      expect(text).not.toMatch(/@import|@font-face/);
      const urls = [...text.matchAll(/url\(["']?([^"')]{0,40})/g)].map(([, url = '']) => url);
      expect(urls.filter((url) => !url.startsWith('data:'))).toEqual([]);
    }
  });

  it('sends what it shows to nobody', async () => {
    const start = await (await fetch(`${host.url}/api/docs/start.js`)).text();
    expect(start).toMatch(/validatorUrl: null/);
    expect(start).toMatch(/queryConfigEnabled: false/);
    expect(addresses(start)).toEqual([]);
  });

  it('comes compressed to whoever can read that, and as it is to everybody else', async () => {
    const url = `${host.url}/api/docs/swagger-ui.css`;
    const plain = await fetch(url, { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
    const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe(await plain.text());
    const again = await fetch(url, { headers: { 'if-none-match': packed.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });
});
