/** The controls of a whole suite, over HTTP as people use them; time stands still. */
import { cp } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { controlSurface } from '../../../../emulator/control/controlRoutes.ts';
import { createFaults } from '../../../../emulator/control/faults.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../../../emulator/suite.ts';
import { newFolder, removeFolder } from '../../../support/durableRouter.ts';
import { signedFetch } from '../../../support/signedFetch.ts';

let suite: EmulatorSuite;

beforeEach(async () => {
  suite = await createEmulatorSuite({ clock: 'manual', seed: 'control' });
});
afterEach(() => suite.close());

async function control(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${suite.routerUrl}/_emulator${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: answer.status, body: json };
}

const routing = (method: string, path: string, body?: unknown) =>
  signedFetch(suite.connectionString, method, `/routing/${path}`, body);

const advance = (seconds: number) => control('POST', '/clock/advance', { seconds });

async function submitJobs(count: number): Promise<void> {
  await routing('PATCH', 'distributionPolicies/p', {
    offerExpiresAfterSeconds: 30,
    mode: { kind: 'longestIdle' },
  });
  await routing('PATCH', 'queues/q', { distributionPolicyId: 'p' });
  await routing('PATCH', 'workers/w', {
    queues: ['q'],
    capacity: 1,
    channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    availableForOffers: true,
    labels: { skill: 5 },
  });
  for (let number = 1; number <= count; number += 1) {
    await routing('PATCH', `jobs/job-${number}`, { channelId: 'voice', queueId: 'q' });
  }
  await advance(0);
}

const status = z.object({ status: z.string() });
const statusOf = async (id: string) => status.parse((await routing('GET', `jobs/${id}`)).body).status;
const events = z.object({ value: z.array(z.object({ eventType: z.string(), data: z.unknown() })) });
const eventTypes = async () =>
  events
    .parse((await control('GET', '/events')).body)
    .value.map(({ eventType }) => eventType.split('.').at(-1));

describe('the clock', () => {
  it('stands still and is advanced through everything that is due', async () => {
    await submitJobs(1);
    const worker = await routing('GET', 'workers/w');
    expect(worker.body).toMatchObject({ state: 'active', offers: [{ jobId: 'job-1' }] });
    await advance(29);
    expect((await routing('GET', 'workers/w')).body).toMatchObject({ state: 'active' });
    await advance(1);
    expect((await routing('GET', 'workers/w')).body).toMatchObject({ state: 'inactive', offers: [] });
    expect(await eventTypes()).toContain('RouterWorkerOfferExpired');
  });

  it('is let go and stopped again', async () => {
    expect((await control('GET', '/clock')).body).toMatchObject({ mode: 'manual' });
    expect((await control('POST', '/clock', { mode: 'system' })).body).toMatchObject({ mode: 'system' });
    expect(await advance(1)).toMatchObject({ status: 409, body: { error: { code: 'ClockNotManual' } } });
    expect((await control('POST', '/clock', { mode: 'manual' })).status).toBe(200);
  });

  it('is put forward while it runs, and what is due by then happens', async () => {
    await submitJobs(1);
    const { now } = z.object({ now: z.string() }).parse((await control('GET', '/clock')).body);
    const from = new Date(Date.parse(now) + 31_000).toISOString();
    expect((await control('POST', '/clock', { mode: 'system', from })).status).toBe(200);
    await vi.waitFor(async () =>
      expect((await routing('GET', 'workers/w')).body).toMatchObject({ state: 'inactive', offers: [] }),
    );
    expect(await control('POST', '/clock', { mode: 'system', from: now })).toMatchObject({ status: 400 });
  });

  it('is advanced to an instant, never back', async () => {
    const { now } = z.object({ now: z.string() }).parse((await control('GET', '/clock')).body);
    const later = new Date(Date.parse(now) + 5000).toISOString();
    expect((await control('POST', '/clock/advance', { to: later })).body).toMatchObject({ now: later });
    expect((await control('POST', '/clock/advance', { to: now })).status).toBe(400);
  });
});

it('lets a clock that was moved by hand go on from there after a crash', async () => {
  const data = await newFolder();
  const image = await newFolder();
  await suite.close();
  suite = await createEmulatorSuite({ clock: 'manual', data });
  const moved = await advance(3600);
  // What is on the disk when the answer is there is what a crash would leave.
  await cp(data, image, { recursive: true, filter: (path) => !path.endsWith('lock') });
  await suite.close();

  suite = await createEmulatorSuite({ clock: 'manual', data: image });
  expect((await control('GET', '/clock')).body).toEqual(moved.body);
  await Promise.all([data, image].map(removeFolder));
});

describe('a reset', () => {
  it('leaves an empty router with nothing pending, no events and no faults', async () => {
    await submitJobs(2);
    await control('PUT', '/faults', { router: [{ kind: '500' }] });
    expect((await control('POST', '/reset')).status).toBe(200);
    expect((await routing('GET', 'jobs')).body).toEqual({ value: [] });
    await advance(100);
    expect(await eventTypes()).toEqual([]);
  });
});

describe('a snapshot', () => {
  it('is loaded by another emulator, which then does what the first one does', async () => {
    await submitJobs(3);
    const { body: snapshot } = await control('GET', '/snapshot');
    const stories: unknown[] = [];
    for (const again of [false, true]) {
      if (again) {
        await suite.close();
        suite = await createEmulatorSuite({ clock: 'manual', seed: 'control' });
        expect((await control('PUT', '/snapshot', snapshot)).body).toMatchObject({ loaded: true, jobs: 3 });
      } else {
        await control('POST', '/reset');
        expect((await control('PUT', '/snapshot', snapshot)).status).toBe(200);
      }
      await advance(31);
      await routing('PATCH', 'workers/w', { availableForOffers: true });
      await advance(1);
      const [jobs, workers] = [await routing('GET', 'jobs'), await routing('GET', 'workers')];
      stories.push({ events: await eventTypes(), jobs: jobs.body, workers: withoutIds(workers.body) });
    }
    expect(stories[1]).toEqual(stories[0]);
    expect(await eventTypes()).toEqual([
      'RouterWorkerOfferExpired',
      'RouterWorkerDeregistered',
      'RouterWorkerRegistered',
      'RouterWorkerUpdated',
      'RouterWorkerOfferIssued',
    ]);
  });

  it('that was changed is refused', async () => {
    await submitJobs(1);
    const { body } = await control('GET', '/snapshot');
    const changed = JSON.stringify(body).replace('"job-1"', '"job-2"');
    expect(await control('PUT', '/snapshot', changed)).toMatchObject({
      status: 400,
      body: { error: { code: 'InvalidSnapshot' } },
    });
    expect(await statusOf('job-1')).toBe('queued');
  });
});

const withoutIds = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === 'offerId' ? 'an offer' : value)));

describe('trigger', () => {
  it('publishes an event of the type, with the members it is given', async () => {
    const { body } = await control('POST', '/trigger', {
      type: 'RouterJobQueued',
      overrides: { jobId: 'job-7', labels: null, priority: 9 },
    });
    expect(body).toMatchObject({
      eventType: 'Microsoft.Communication.RouterJobQueued',
      subject: expect.stringMatching(/^job\/job-7\//),
      data: { jobId: 'job-7', priority: 9 },
    });
    expect(body).not.toHaveProperty('data.labels');
    expect(await eventTypes()).toEqual(['RouterJobQueued']);
  });

  it('knows the types there are', async () => {
    expect(await control('POST', '/trigger', { type: 'RouterJobTeleported' })).toMatchObject({
      status: 400,
      body: { error: { code: 'UnknownEventType' } },
    });
  });
});

describe('explain', () => {
  it('tells for each worker of the queue why it was not offered the job', async () => {
    await submitJobs(0);
    await routing('PATCH', 'jobs/hard', {
      channelId: 'voice',
      queueId: 'q',
      requestedWorkerSelectors: [{ key: 'skill', labelOperator: 'greaterThan', value: 10 }],
    });
    await advance(0);
    expect((await control('GET', '/explain/jobs/hard')).body).toMatchObject({
      jobId: 'hard',
      status: 'queued',
      workers: [{ workerId: 'w', verdict: 'notOffered', selectors: [{ label: 5, holds: false }] }],
    });
    expect((await control('GET', '/explain/jobs/nobody')).status).toBe(404);
  });
});

describe('faults', () => {
  it('befall requests until they are taken back, and never the controls', async () => {
    await control('PUT', '/faults', { router: [{ operation: 'ListJobs', kind: '503' }] });
    expect((await routing('GET', 'jobs')).status).toBe(503);
    expect((await control('GET', '/faults')).body).toMatchObject({
      router: [{ kind: '503', probability: 1 }],
    });
    expect((await control('DELETE', '/faults')).status).toBe(204);
    expect((await routing('GET', 'jobs')).status).toBe(200);
  });

  it.each([
    { router: [{ kind: 'earthquake' }] },
    { deliveries: [{ kind: 'drop', probability: 2 }] },
    { routers: [] },
    '{"router":',
  ])('of a plan like %j are refused with what is wrong', async (plan) => {
    expect(await control('PUT', '/faults', plan)).toMatchObject({
      status: 400,
      body: { error: { code: 'InvalidRequest', message: expect.any(String) } },
    });
  });
});

it.each([
  [
    { router: [{ operation: 'AcceptOffer', kind: '500' }] },
    ['"AcceptOffer"', 'AcceptJobOffer, DeclineJobOffer', 'router[0].operation'],
  ],
  [
    { router: [{ kind: '500' }, { kind: 418 }] },
    ['"418"', 'delay, 429, 500, 503, timeoutBefore, timeoutAfter', 'router[1].kind'],
  ],
  [
    { deliveries: [{ kind: 'drop', eventType: 'RouterJobTeleported' }] },
    ['RouterJobTeleported"', 'Microsoft.Communication.RouterJobQueued', 'deliveries[0].eventType'],
  ],
  [{ deliveries: [{ kind: 'lose' }] }, ['"lose"', 'drop, duplicate, reorder, delay', 'deliveries[0].kind']],
  [{ router: [{}] }, ['Nothing is not allowed here', 'router[0].kind']],
])('a plan like %j is refused with the member, what was written and what may be', async (plan, parts) => {
  const { status, body } = await control('PUT', '/faults', plan);
  expect(status).toBe(400);
  const { message } = z.object({ error: z.object({ message: z.string() }) }).parse(body).error;
  for (const part of parts) expect(message).toContain(part);
});

describe('the index of the controls', () => {
  const index = z.object({
    controls: z.array(
      z.object({
        method: z.string(),
        path: z.string(),
        does: z.string(),
        body: z.union([z.string(), z.array(z.unknown())]).optional(),
        example: z.string(),
      }),
    ),
  });
  const controls = async () => index.parse((await control('GET', '')).body).controls;

  it('tells each of them, and nothing else', async () => {
    const { prefix, routes } = controlSurface({ ...suite, faults: createFaults() });
    const routed = routes.map(({ method, path }) => `${method} ${prefix}${path}`);
    const described = (await controls()).map(({ method, path }) => `${method} ${path}`);
    const indexed = routed.map((route) => route.replace(/:(\w+)/, '{$1}'));
    expect(described.toSorted()).toEqual(indexed.filter((route) => !/_emulator\/?$/.test(route)).toSorted());
  });

  it('has bodies that are understood, each of them', async () => {
    const { body: snapshot } = await control('GET', '/snapshot');
    for (const { method, path, body = [undefined] } of await controls()) {
      if (method === 'GET') continue;
      for (const one of typeof body === 'string' ? [snapshot] : body) {
        const { status, body: said } = await control(
          method,
          path.slice('/_emulator'.length).replace('{name}', 'mine'),
          one,
        );
        // Nobody listens where the examples subscribe, and time cannot be advanced while it runs.
        const isUnderstood =
          status < 300 || /HandshakeFailed|ClockNotManual|NotFound/.test(JSON.stringify(said));
        expect(isUnderstood, `${method} ${path} ${JSON.stringify(one)}: ${JSON.stringify(said)}`).toBe(true);
      }
    }
  });

  it('has examples that a shell understands', async () => {
    await submitJobs(1);
    for (const { method, example } of await controls()) {
      if (method !== 'GET' || example.includes('/validate')) continue;
      const [, url = ''] = /^curl '(.*)'$/.exec(example) ?? [];
      expect((await fetch(url)).status, example).toBe(200);
    }
  });
});

it.each([
  ['GET', '/nothing'],
  ['POST', '/events'],
  ['PUT', '/subscriptions'],
  ['GET', '/clock/advance?now'],
])('says where to look when asked for %s %s, which is not there', async (method, path) => {
  const message = `There is no ${method} /_emulator${path}; GET /_emulator lists what there is.`;
  expect(await control(method, path)).toEqual({
    status: 404,
    body: { error: { code: 'NotFound', message } },
  });
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json'])(
  'reads a body as JSON though it is called %s',
  async (type) => {
    const answer = await fetch(`${suite.routerUrl}/_emulator/clock`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"mode":"manual"}',
    });
    expect(answer.status).toBe(200);
  },
);

it('refuses in its own words what cannot be read, wherever it is sent', async () => {
  for (const path of ['/clock', '/subscriptions/mine']) {
    expect(await control(path === '/clock' ? 'POST' : 'PUT', path, '{')).toMatchObject({
      status: 400,
      body: { error: { code: 'InvalidRequest', message: expect.stringContaining('not JSON') } },
    });
  }
});
