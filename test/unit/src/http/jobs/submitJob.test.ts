import { describe, expect, it } from 'vitest';
import { submitJobEndpoint } from '../../../../../src/http/jobs/submitJob.ts';
import type { JobRouter } from '../../../../../src/jobRouter/jobRouter.ts';
import { refusal } from '../../../../../src/jobRouter/readAnswer.ts';
import { type Answered, type Asking, httpWorld, QUEUE, signedIn } from '../../../../support/httpWorld.ts';
import { testApp } from '../../../../support/testApp.ts';

const job = { channelId: 'voice', queueId: QUEUE, priority: 1, labels: { vip: true } };
const later = { kind: 'unavailable', status: 429, message: 'Too many', retryAfterSeconds: 6.2 } as const;

const writesOf = ({ requests }: { requests: readonly string[] }) =>
  requests.filter((request) => request.startsWith('PATCH'));

const fifty = <Result>(make: (number: number) => Result): Result[] =>
  Array.from({ length: 50 }, (_, number) => make(number));

/** How many were answered with each status. */
const countOf = (answers: readonly Answered[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, some]) => [status, some.length]),
  );

const failing =
  (answer: Awaited<ReturnType<JobRouter['upsertJob']>>) =>
  (router: JobRouter): JobRouter => ({ ...router, upsertJob: async () => answer });

describe('POST /api/jobs with one job', () => {
  it('submits it under the id it is given and says where it is', async () => {
    const world = httpWorld();
    expect(await world.ask(submitJobEndpoint, { body: { id: 'job 1', ...job } })).toMatchObject({
      status: 201,
      headers: { location: '/api/jobs/job%201', etag: expect.any(String) },
      body: { id: 'job 1', ...job },
    });
  });

  it('finds an id where none is given', async () => {
    expect(await httpWorld().ask(submitJobEndpoint, { body: job })).toMatchObject({
      status: 201,
      headers: { location: '/api/jobs/job-new-1' },
    });
  });

  it('answers the same request again with the job as it is, and writes nothing', async () => {
    const world = httpWorld();
    await world.ask(submitJobEndpoint, { body: { id: 'job-1', ...job } });
    await world.clock.advance(1_000);
    world.send('PATCH', '/routing/jobs/job-1', { tags: { 'automation.workRefusals': 1 } });
    const before = writesOf(world).length;
    expect(await world.ask(submitJobEndpoint, { body: { id: 'job-1', ...job } })).toMatchObject({
      status: 200,
      headers: { etag: expect.any(String) },
      body: { status: 'queued' },
    });
    expect(writesOf(world)).toHaveLength(before);
  });

  it.each([
    ['another priority', { ...job, priority: 2 }],
    ['a label more', { ...job, labels: { ...job.labels, region: 'EU' } }],
    ['a label less', { ...job, labels: {} }],
    ['no labels', { channelId: 'voice', queueId: QUEUE }],
    [
      'a selector more',
      { ...job, requestedWorkerSelectors: [{ key: 'a', labelOperator: 'equal', value: 1 }] },
    ],
    ['an outer reference', { ...job, channelReference: 'call-7' }],
  ])('refuses the id of a job that has other content: %s', async (_, other) => {
    const world = httpWorld();
    await world.ask(submitJobEndpoint, { body: { id: 'job-1', ...job } });
    const answer = await world.ask(submitJobEndpoint, { body: { id: 'job-1', ...other } });
    expect(answer).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/new id, or delete/) },
    });
    expect(writesOf(world)).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"channelId":', 400, 'notJson'],
    ['empty', '', 400, 'notJson'],
    ['too large', JSON.stringify({ ...job, channelReference: 'x'.repeat(1_000_000) }), 413, 'bodyTooLarge'],
    ['a text', '"job"', 400, 'invalidBody'],
    ['an id with a colon', { ...job, id: 'a:b' }, 400, 'invalidBody'],
    ['an id with half a character', { ...job, id: 'a\ud800' }, 400, 'invalidBody'],
    ['too deep', `${'['.repeat(40)}${']'.repeat(40)}`, 400, 'invalidBody'],
    ['a member twice', '{"channelId":"a","channelId":"b","queueId":"queue-1"}', 400, 'invalidBody'],
    ['a member named __proto__', `{"channelId":"a","labels":{"__proto__":{"x":1}}}`, 400, 'invalidBody'],
    ["a tag of the app's own", { ...job, tags: { 'automation.workRefusals': 0 } }, 400, 'invalidBody'],
    ['a mark of ownership', { ...job, tags: { ManagedBy: 'me' } }, 400, 'invalidBody'],
    ['a member of the router', { ...job, status: 'closed' }, 400, 'invalidBody'],
  ])('refuses a body that is, or has, %s', async (_, body, status, name) => {
    const world = httpWorld();
    expect(await world.ask(submitJobEndpoint, { body })).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: { status, type: `urn:problem-type:job-router-functions:${name}` },
    });
    expect(writesOf(world)).toEqual([]);
  });

  it('names each wrong member by a pointer, and what does not exist in the router', async () => {
    const world = httpWorld();
    const wrong = { ...job, priority: 'high', colour: 'red' };
    expect((await world.ask(submitJobEndpoint, { body: wrong })).body).toMatchObject({
      errors: [{ pointer: '/priority' }, { pointer: '/colour' }],
    });
    const lost = { channelId: 'voice', queueId: 'nowhere', classificationPolicyId: 'none' };
    expect(await world.ask(submitJobEndpoint, { body: lost })).toMatchObject({
      status: 400,
      body: {
        type: expect.stringMatching(/unknownReference$/),
        errors: [{ pointer: '/queueId' }, { pointer: '/classificationPolicyId' }],
      },
    });
  });

  it.each(['..', 'a:b', '\udfff'])(
    'does not ask the router for a queue that cannot be one: %j',
    async (id) => {
      const world = httpWorld();
      expect((await world.ask(submitJobEndpoint, { body: { ...job, queueId: id } })).body).toMatchObject({
        type: expect.stringMatching(/unknownReference$/),
        errors: [{ pointer: '/queueId' }],
      });
      expect(world.requests).toEqual(writesOf(world));
    },
  );

  it('shows a number that is too large as what it is read as', async () => {
    const body = '{"channelId":"voice","queueId":"queue-1","priority":1e999}';
    expect((await httpWorld().ask(submitJobEndpoint, { body })).body).toMatchObject({
      errors: [{ pointer: '/priority', detail: 'expected a number; found Infinity' }],
    });
  });

  it('names a hundred mistakes, and says how many there are', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`m${index}`, 1]));
    const { body } = await httpWorld().ask(submitJobEndpoint, { body: { ...job, ...unknown } });
    expect(body).toMatchObject({ detail: '5000 things in the body are wrong; the first 100 are named.' });
    expect((body as { errors: unknown[] }).errors).toHaveLength(100);
  });

  it.each([
    ['a wrong key', { kind: 'unavailable', status: 401, message: 'raw' }, 502, /access key/],
    ['a missing role', { kind: 'unavailable', status: 403, message: 'raw' }, 502, /role/],
    [
      'silence',
      { kind: 'unavailable', message: 'connect ECONNREFUSED 10.1.2.3:443' },
      503,
      /: ECONNREFUSED$/,
    ],
    ['throttling', later, 503, /too much/],
    [
      'a name',
      { kind: 'unavailable', message: 'ENOTFOUND mine.communication.azure.com' },
      503,
      /: ENOTFOUND$/,
    ],
    ['a conflict', refusal(409, { code: 'Conflict', message: 'busy' }), 409, /busy/],
    [
      'what it checks',
      refusal(400, { code: 'BadRequest', message: 'no  such\r\nthing' }),
      400,
      /no such thing/,
    ],
    [
      'an address',
      refusal(400, { code: '', message: 'see https://mine.azure.com/?k=1' }),
      400,
      /fresh|job-new-1\.$/,
    ],
  ] as const)('translates %s', async (_, answer, status, detail) => {
    const world = httpWorld({}, failing(answer));
    expect(await world.ask(submitJobEndpoint, { body: job })).toMatchObject({
      status,
      body: { detail: expect.stringMatching(detail) },
    });
  });

  it('says when to come again where the router is asked too much', async () => {
    const answer = await httpWorld({}, failing(later)).ask(submitJobEndpoint, { body: job });
    expect(answer.headers).toMatchObject({ 'retry-after': '7' });
  });

  it.each([
    ['it fails', { kind: 'unavailable', status: 500, message: 'Oops' }, '5'],
    ['it is silent', { kind: 'unavailable', message: 'socket hang up' }, '5'],
    ['it throttles', { kind: 'unavailable', status: 429, message: 'Too many' }, '1'],
  ] as const)('says so as well where the router names no time: %s', async (_, answer, seconds) => {
    const { status, headers } = await httpWorld({}, failing(answer)).ask(submitJobEndpoint, { body: job });
    expect([status, headers['retry-after']]).toEqual([503, seconds]);
  });

  it('is one creation, of however many that come at once for one id', async () => {
    const world = httpWorld();
    const answers = await Promise.all(
      fifty((priority) => world.ask(submitJobEndpoint, { body: { ...job, id: 'job-1', priority } })),
    );
    expect(countOf(answers)).toEqual({ 201: 1, 409: 49 });
    expect(writesOf(world)).toHaveLength(1);
    const same = fifty(() => world.ask(submitJobEndpoint, { body: { ...job, id: 'job-2' } }));
    expect(countOf(await Promise.all(same))).toEqual({ 201: 1, 200: 49 });
  });

  it('refuses a body that is encoded, and takes one that says it is not', async () => {
    const encoded = (coding: string) =>
      httpWorld().ask(submitJobEndpoint, { body: job, headers: { 'content-encoding': coding } });
    expect(await encoded('gzip')).toMatchObject({
      status: 415,
      body: { type: expect.stringMatching(/encodedBody$/) },
    });
    expect(await encoded('Identity')).toMatchObject({ status: 201 });
  });
});

describe('POST /api/jobs under an Idempotency-Key', () => {
  const under = (key: string, body: unknown, more: Asking = {}): Asking => ({
    body,
    headers: { 'idempotency-key': key },
    ...more,
  });

  it('answers the same request with the same job, however the job has moved on', async () => {
    const world = httpWorld();
    const first = await world.ask(submitJobEndpoint, under('"key-1"', job));
    expect(first).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    const { id } = first.body as { id: string };
    world.send('PATCH', `/routing/jobs/${id}`, { priority: 50 });
    const { labels, ...others } = job;
    const again = await world.ask(submitJobEndpoint, under('key-1', { labels, ...others }));
    expect(again).toMatchObject({ status: 200, body: { id, priority: 50 } });
  });

  it('refuses the key with another body, be it one job or a list', async () => {
    const world = httpWorld();
    await world.ask(submitJobEndpoint, under('key-1', [job, job, job]));
    const written = writesOf(world).length;
    for (const other of [{ ...job, priority: 7 }, [job, job], [job, job, { ...job, priority: 7 }, job]]) {
      expect(await world.ask(submitJobEndpoint, under('key-1', other))).toMatchObject({
        status: 422,
        body: { type: expect.stringMatching(/idempotencyKeyReused$/) },
      });
    }
    expect(writesOf(world)).toHaveLength(written);
  });

  it('takes one body, of however many that come at once under one key, alone or in lists', async () => {
    const world = httpWorld();
    const answers = await Promise.all(
      fifty((priority) => {
        const one = { ...job, priority };
        return world.ask(submitJobEndpoint, under('key-1', priority % 2 === 0 ? one : [one, job]));
      }),
    );
    expect(countOf(answers)).toEqual({ 201: 1, 422: 49 });
    expect(writesOf(world)).toHaveLength(1);
  });

  it('goes on where a list was cut off', async () => {
    let left = 2;
    const cutOff = (router: JobRouter): JobRouter => ({
      ...router,
      until: () => cutOff(router),
      inLane: () => cutOff(router),
      upsertJob: async (...given) => (left-- > 0 ? router.upsertJob(...given) : later),
    });
    const world = httpWorld({}, cutOff);
    const list = [1, 2, 3, 4].map((priority) => ({ ...job, priority }));
    expect(await world.ask(submitJobEndpoint, under('key-1', list))).toMatchObject({
      status: 207,
      headers: { 'retry-after': '7' },
      body: { items: [{ status: 201 }, { status: 201 }, { status: 503 }, { status: 503 }] },
    });
    left = 9;
    expect(await world.ask(submitJobEndpoint, under('key-1', list))).toMatchObject({
      body: { items: [{ status: 200 }, { status: 200 }, { status: 201 }, { status: 201 }] },
    });
  });

  it('keeps the keys of two callers apart', async () => {
    const world = httpWorld();
    const as = (id: string) => under('key-1', job, { as: signedIn(id, 'Jobs.Submit') });
    const mine = await world.ask(submitJobEndpoint, as('ada'));
    expect(await world.ask(submitJobEndpoint, as('bob'))).toMatchObject({ status: 201 });
    expect(await world.ask(submitJobEndpoint, as('ada'))).toMatchObject({ status: 200, body: mine.body });
  });

  it.each(['', '""', '\u00fc', 'x'.repeat(256), '"open', 'key-1,key-2', '"a","b"'])(
    'refuses a key that is none: %j',
    async (key) => {
      const answer = await httpWorld().ask(submitJobEndpoint, under(key, job));
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ header: 'Idempotency-Key' }] } });
    },
  );
});

describe('POST /api/jobs with a list', () => {
  it('answers in its order with what became of each', async () => {
    const world = httpWorld();
    world.send('PATCH', '/routing/jobs/job-old', { channelId: 'chat', queueId: QUEUE });
    const body = [
      { id: 'job-1', ...job },
      { ...job, priority: 'high' },
      { id: 'job-1', ...job },
      { id: 'job-old', ...job },
      { ...job, queueId: 'nowhere' },
      'no job',
      job,
    ];
    const answer = await world.ask(submitJobEndpoint, { body });
    expect(answer).toMatchObject({
      status: 207,
      body: {
        items: [
          { index: 0, id: 'job-1', status: 201, job: { id: 'job-1' } },
          { index: 1, status: 400, problem: { errors: [{ pointer: '/1/priority' }] } },
          { index: 2, id: 'job-1', status: 409, problem: { type: expect.stringMatching(/duplicateId$/) } },
          { index: 3, id: 'job-old', status: 409, problem: { type: expect.stringMatching(/jobExists$/) } },
          { index: 4, status: 400, problem: { errors: [{ pointer: '/4/queueId' }] } },
          { index: 5, status: 400, problem: { errors: [{ pointer: '/5' }] } },
          { index: 6, id: 'job-new-2', status: 201 },
        ],
      },
    });
  });

  it('takes a thousand jobs, and not one more', async () => {
    const world = httpWorld();
    const small = { channelId: 'voice', queueId: QUEUE };
    const thousand = await world.ask(submitJobEndpoint, { body: Array(1_000).fill(small) });
    const { items } = thousand.body as { items: { status: number; id: string }[] };
    expect(items.filter(({ status }) => status === 201)).toHaveLength(1_000);
    expect(new Set(items.map(({ id }) => id)).size).toBe(1_000);

    const requests = world.requests.length;
    expect(await world.ask(submitJobEndpoint, { body: Array(1_001).fill(small) })).toMatchObject({
      status: 413,
      body: { detail: 'One request may submit 1000 jobs, and this one has 1001.' },
    });
    expect(await world.ask(submitJobEndpoint, { body: [] })).toMatchObject({ status: 400 });
    expect(world.requests).toHaveLength(requests);
  });

  it('says of jobs whose turn came too late that nothing was done', async () => {
    let now = Date.parse('2026-03-02T09:00:00Z');
    const slow = (router: JobRouter): JobRouter => ({
      ...router,
      until: () => slow(router),
      inLane: () => slow(router),
      async upsertJob(...given) {
        now += 30_000;
        return router.upsertJob(...given);
      },
    });
    const world = httpWorld({ clock: { ...testApp().clock, now: () => new Date(now) } }, slow);
    const answer = await world.ask(submitJobEndpoint, { body: Array(20).fill(job) });
    const { items } = answer.body as { items: { status: number; problem?: { type: string } }[] };
    const late = items.filter(({ problem }) => problem?.type.endsWith('outOfTime'));
    expect(late.length).toBeGreaterThan(0);
    expect(late.length + items.filter(({ status }) => status === 201).length).toBe(20);
    expect(writesOf(world)).toHaveLength(20 - late.length);
  });
});
