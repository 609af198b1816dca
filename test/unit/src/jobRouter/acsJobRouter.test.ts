import { beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../../src/jobRouter/attempt.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { openJobRouter } from '../../../../src/jobRouter/openJobRouter.ts';
import { createRequestBudget } from '../../../../src/jobRouter/requestBudget.ts';
import { type ScriptedAnswer, startAnsweringServer } from '../../../support/answeringServer.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';

let clock: FakeClock;
beforeEach(() => {
  clock = fakeClock('2026-03-02T09:00:00Z');
});
const chance = { next: () => 0.5 };

/** Answers by the list, and by its last member from then on. */
const inTurn = (...answers: ScriptedAnswer[]) => {
  let asked = 0;
  return () => answers[Math.min(asked++, answers.length - 1)] ?? { status: 500 };
};
const aJob = { status: 200, body: { id: 'job-1' } };

const jobId = idFrom<Parameters<JobRouter['getJob']>[0]>('job 1/ü');
const assignmentId = idFrom<Parameters<JobRouter['completeAssignment']>[1]>('a-1');
const closeAt = new Date('2026-03-02T09:05:00Z');

const version = 'api-version=2023-11-01';
const race = { error: { code: 'Conflict', message: 'Duplicate sequence number' } };
const encoded = 'job%201%2F%C3%BC';
const policy = { offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } } as const;

const calls: [string, (router: JobRouter) => Promise<unknown>, string, string][] = [
  [
    'accepting an offer',
    (r) => r.acceptOffer(idFrom('w'), idFrom('o')),
    `POST /routing/workers/w/offers/o:accept?${version}`,
    '',
  ],
  [
    'completing',
    (r) => r.completeAssignment(jobId, assignmentId, { note: 'n' }),
    `POST /routing/jobs/${encoded}/assignments/a-1:complete?${version}`,
    '{"note":"n"}',
  ],
  [
    'closing',
    (r) => r.closeAssignment(jobId, assignmentId, { dispositionCode: 'Resolved', closeAt }),
    `POST /routing/jobs/${encoded}/assignments/a-1:close?${version}`,
    '{"dispositionCode":"Resolved","closeAt":"2026-03-02T09:05:00.000Z"}',
  ],
  [
    'unassigning',
    (r) => r.unassignJob(jobId, assignmentId),
    `POST /routing/jobs/${encoded}/assignments/a-1:unassign?${version}`,
    '{}',
  ],
  [
    'reclassifying',
    (r) => r.reclassifyJob(jobId),
    `POST /routing/jobs/${encoded}:reclassify?${version}`,
    '{}',
  ],
  [
    'asking for a position',
    (r) => r.getJobPosition(jobId),
    `GET /routing/jobs/${encoded}/position?${version}`,
    '',
  ],
  [
    "asking for a queue's statistics",
    (r) => r.getQueueStatistics(idFrom('q 1')),
    `GET /routing/queues/q%201/statistics?${version}`,
    '',
  ],
  [
    'letting a job into its queue',
    (r) => r.updateJob(jobId, { matchingMode: { kind: 'queueAndMatch' } }, { ifMatch: '"1"' }),
    `PATCH /routing/jobs/${encoded}?${version}`,
    '{"matchingMode":{"kind":"queueAndMatch"}}',
  ],
  [
    'changing a worker',
    (r) => r.updateWorker(idFrom('w'), { availableForOffers: true, tags: { t: null } }),
    `PATCH /routing/workers/w?${version}`,
    '{"availableForOffers":true,"tags":{"t":null}}',
  ],
  [
    'listing jobs',
    (r) => r.listJobs({ status: 'assigned', queueId: 'q 1' }),
    `GET /routing/jobs?maxpagesize=100&status=assigned&queueId=q%201&${version}`,
    '',
  ],
  [
    'listing workers',
    (r) => r.listWorkers({ state: 'inactive' }),
    `GET /routing/workers?maxpagesize=100&state=inactive&${version}`,
    '',
  ],
  [
    'the next page, whose link says all',
    (r) => r.listJobs({ status: 'assigned' }, '/routing/jobs?continuationToken=YQ%3D%3D'),
    `GET /routing/jobs?continuationToken=YQ%3D%3D&${version}`,
    '',
  ],
  ['deleting a job', (r) => r.deleteJob(jobId), `DELETE /routing/jobs/${encoded}?${version}`, ''],
  ['reading a job', (r) => r.getJob(jobId), `GET /routing/jobs/${encoded}?${version}`, ''],
  ['reading a worker', (r) => r.getWorker(idFrom('w')), `GET /routing/workers/w?${version}`, ''],
  ['reading a queue', (r) => r.getQueue(idFrom('q')), `GET /routing/queues/q?${version}`, ''],
  [
    'reading a policy',
    (r) => r.getDistributionPolicy(idFrom('p')),
    `GET /routing/distributionPolicies/p?${version}`,
    '',
  ],
  [
    'writing a policy',
    (r) => r.upsertDistributionPolicy(idFrom('p'), policy),
    `PATCH /routing/distributionPolicies/p?${version}`,
    JSON.stringify(policy),
  ],
  [
    'writing a queue',
    (r) => r.upsertQueue(idFrom('q'), { name: 'Q' }),
    `PATCH /routing/queues/q?${version}`,
    '{"name":"Q"}',
  ],
  [
    'writing a worker',
    (r) => r.upsertWorker(idFrom('w'), { capacity: 1 }),
    `PATCH /routing/workers/w?${version}`,
    '{"capacity":1}',
  ],
  [
    'writing a job',
    (r) => r.upsertJob(jobId, { priority: 2 }),
    `PATCH /routing/jobs/${encoded}?${version}`,
    '{"priority":2}',
  ],
  [
    'asking whether it is there',
    (r) => r.ping(),
    `GET /routing/distributionPolicies?maxpagesize=1&${version}`,
    '',
  ],
];

describe('the Job Router client', () => {
  it.each(calls)('sends what the REST reference says for %s', async (_, call, line, body) => {
    await using server = await startAnsweringServer({ status: 404 });
    await call(openJobRouter(server.connection, { clock }));
    const [request] = server.seen;
    expect(`${request?.method} ${request?.url}`).toBe(line);
    expect(request?.body).toBe(body);
    if (request?.method === 'PATCH') {
      expect(request.headers).toHaveProperty('content-type', 'application/merge-patch+json');
    }
  });

  it('signs every request and says which application it is', async () => {
    await using server = await startAnsweringServer({ status: 200, body: { value: [] } });
    await openJobRouter(server.connection, { clock }).ping();
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^HMAC-SHA256 SignedHeaders=.*&Signature=.+/),
      'x-ms-date': expect.any(String),
      'user-agent': expect.stringMatching(/^job-router-functions /),
    });
  });

  it('writes under the ETag it was given', async () => {
    await using server = await startAnsweringServer({ status: 412 });
    const router = openJobRouter(server.connection, { clock });
    expect(await router.updateJob(jobId, {}, { ifMatch: '"1"' })).toMatchObject({
      kind: 'refused',
      reason: 'changed',
    });
    await router.updateJob(jobId, {});
    expect(server.seen.map(({ headers }) => headers['if-match'])).toEqual(['"1"', undefined]);
  });

  it.each([
    ['a failure', [{ status: 503 }, { status: 500 }, aJob], [0.25, 0.5]],
    ['a Retry-After', [{ status: 429, headers: { 'retry-after': '2' } }, aJob], [2.25]],
    ['a lost race of the service', [{ status: 409, body: race }, aJob], [1.75]],
    ['a time-out of the service', [{ status: 408 }, aJob], [0.25]],
  ])('asks again after %s', async (_, answers, waits) => {
    await using server = await startAnsweringServer(inTurn(...answers));
    const attempts: Attempt[] = [];
    const watch = (attempt: Attempt) => attempts.push(attempt);
    const router = openJobRouter(server.connection, { clock, chance, watch });
    expect(await router.getJob(jobId)).toMatchObject({ kind: 'ok' });
    expect(clock.waits).toEqual(waits);
    expect(attempts.map(({ status }) => status)).toEqual(answers.map(({ status }) => status));
  });

  it('asks six times at most, and says what it heard last', async () => {
    await using server = await startAnsweringServer({ status: 503 });
    const router = openJobRouter(server.connection, { clock, chance }).until(
      new Date('2026-03-02T10:00:00Z'),
    );
    expect(await router.getJob(jobId)).toMatchObject({ kind: 'unavailable', status: 503 });
    expect(clock.waits).toEqual([0.25, 0.5, 1, 2, 2.5]);
    expect(server.seen).toHaveLength(6);
  });

  it.each([
    ['the wait would leave no time for it', { status: 503, headers: { 'retry-after': '24' } }],
    ['the access key is wrong', { status: 401 }],
    ['the role is missing', { status: 403 }],
    ['the answer cannot be read', { status: 200, body: { id: 7 } }],
    ['the answer is no', { status: 409 }],
  ])('does not ask again where %s', async (_, script) => {
    await using server = await startAnsweringServer(script);
    const router = openJobRouter(server.connection, { clock, chance }).until(
      new Date('2026-03-02T09:00:25Z'),
    );
    expect(await router.getJob(jobId)).toHaveProperty('status', script.status);
    expect(server.seen).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  it('pauses as long as the router asks, and together no longer than somebody waits', async () => {
    await using server = await startAnsweringServer({ status: 503, headers: { 'retry-after': '12' } });
    const end = new Date('2026-03-02T10:00:00Z');
    const router = openJobRouter(server.connection, { clock, chance }).until(end, 30_000);
    for (const same of [router, router.inLane('bulk')]) {
      expect(await same.getJob(jobId)).toMatchObject({ status: 503, retryAfterSeconds: 12 });
    }
    expect(clock.waits).toEqual([12.25, 12.25, 12.25, 12.25]);
    expect(server.seen).toHaveLength(6);
  });

  it('asks once whether the router is there', async () => {
    await using server = await startAnsweringServer({ status: 503 });
    await openJobRouter(server.connection, { clock, chance }).ping();
    expect(server.seen).toHaveLength(1);
  });

  it('submits a job again only where nothing was done: it may have gone its whole way meanwhile', async () => {
    await using failing = await startAnsweringServer({ status: 503 });
    await using throttling = await startAnsweringServer(inTurn({ status: 429 }, { ...aJob, status: 201 }));
    const submit = (server: typeof failing) =>
      openJobRouter(server.connection, { clock, chance }).upsertJob(jobId, {});
    expect(await submit(failing)).toMatchObject({ kind: 'unavailable', status: 503 });
    expect(failing.seen).toHaveLength(1);
    expect(await submit(throttling)).toMatchObject({ kind: 'ok', value: { created: true } });
  });

  it('holds every call back while the router throttles one', async () => {
    await using server = await startAnsweringServer(
      inTurn({ status: 429, headers: { 'retry-after': '3' } }, aJob),
    );
    const budget = createRequestBudget(clock);
    const router = openJobRouter(server.connection, { clock, chance, budget });
    await router.until(new Date('2026-03-02T09:00:02Z')).getJob(jobId);
    expect(await router.inLane('accept').until(new Date('2026-03-02T09:00:02Z')).getJob(jobId)).toEqual({
      kind: 'unavailable',
      message: 'The request budget of this app is used up',
      retryAfterSeconds: 3,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('tells who watches about every attempt, and keeps housekeeping in its lane', async () => {
    await using server = await startAnsweringServer(inTurn({ status: 500 }, aJob));
    const attempts: Attempt[] = [];
    const watch = (attempt: Attempt) => attempts.push(attempt);
    const router = openJobRouter(server.connection, { clock, chance }).inLane('housekeeping', watch);
    await router.inLane('accept').until(new Date('2026-03-02T09:00:25Z')).getJob(jobId);
    expect(attempts).toEqual([
      { lane: 'housekeeping', repetition: 0, answer: 'unavailable', status: 500 },
      { lane: 'housekeeping', repetition: 1, answer: 'ok', status: 200 },
    ]);
  });

  it('reads what it can of a page, and counts the rest', async () => {
    const nextLink = '/routing/jobs?continuationToken=YQ%3D%3D';
    const body = { value: [{ id: 'job-1' }, { id: 7 }, 'odd'], nextLink };
    await using server = await startAnsweringServer({ status: 200, body });
    const answer = await openJobRouter(server.connection, { clock }).listJobs({});
    expect(answer).toMatchObject({ value: { items: [{ id: 'job-1' }], unread: 2, next: nextLink } });
  });

  it.each([
    'https://elsewhere.example/routing/jobs?continuationToken=a',
    '//elsewhere.example/routing/jobs?continuationToken=a',
    '/routing/workers?continuationToken=a',
    '/other?continuationToken=a',
  ])('does not carry a signed request to the next page %s', async (nextLink) => {
    await using server = await startAnsweringServer({ status: 200, body: { value: [], nextLink } });
    const answer = await openJobRouter(server.connection, { clock }).listJobs({});
    expect(answer).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('expected a link into /routing/jobs'),
    });
  });

  it('uses one connection for calls that follow each other', async () => {
    await using server = await startAnsweringServer({ status: 200, body: { id: 'job-1' } });
    const router = openJobRouter(server.connection, { clock });
    for (let call = 0; call < 100; call += 1) await router.getJob(jobId);
    expect(server.seen).toHaveLength(100);
    expect(server.connections()).toBe(1);
  });

  it('does not carry a signed request to where a redirect points', async () => {
    await using elsewhere = await startAnsweringServer({ status: 200, body: { id: 'job-1' } });
    const location = `${elsewhere.connection.endpoint}routing/jobs/job-1`;
    await using server = await startAnsweringServer({ status: 302, headers: { location } });
    const answer = await openJobRouter(server.connection, { clock }).getJob(jobId);
    expect(answer).toMatchObject({ kind: 'unavailable', status: 302 });
    expect(elsewhere.seen).toEqual([]);
  });

  it('does not follow a redirect on the same host either: the signature is of another address', async () => {
    await using server = await startAnsweringServer({ status: 302, headers: { location: '/elsewhere' } });
    const answer = await openJobRouter(server.connection, { clock }).getJob(jobId);
    expect(answer).toMatchObject({ kind: 'unavailable', status: 302 });
    expect(server.seen).toHaveLength(1);
  });

  it('tells a created resource from one that was there', async () => {
    await using fresh = await startAnsweringServer({ status: 201, body: { id: 'q' } });
    await using former = await startAnsweringServer({ status: 200, body: { id: 'q' } });
    const write = (server: typeof fresh) =>
      openJobRouter(server.connection, { clock }).upsertQueue(idFrom('q'), {});
    expect(await write(fresh)).toMatchObject({ kind: 'ok', value: { created: true, resource: { id: 'q' } } });
    expect(await write(former)).toMatchObject({ kind: 'ok', value: { created: false } });
  });

  it.each([
    ['was there', { status: 204, body: '' }, { kind: 'ok' }],
    [
      'is gone',
      { status: 404, body: { communicationError: { code: 'NotFound', message: 'gone' } } },
      { kind: 'refused', reason: 'notFound' },
    ],
  ])('says when a job to delete %s', async (_, scripted, answer) => {
    await using server = await startAnsweringServer(scripted);
    expect(await openJobRouter(server.connection, { clock }).deleteJob(jobId)).toMatchObject(answer);
  });

  it('takes an answer that claims to be JSON and is not by its status', async () => {
    await using broken = await startAnsweringServer({ status: 200, body: '{"id":' });
    await using refused = await startAnsweringServer({ status: 404, body: '{"id":' });
    const get = (server: typeof broken) => openJobRouter(server.connection, { clock }).getJob(jobId);
    expect(await get(broken)).toMatchObject({ kind: 'unavailable', status: 200 });
    expect(await get(refused)).toMatchObject({ kind: 'refused', status: 404 });
  });

  it('says so when nobody listens', async () => {
    const server = await startAnsweringServer({ status: 200 });
    await server[Symbol.asyncDispose]();
    const answer = await openJobRouter(server.connection, { clock }).getJob(jobId);
    expect(answer).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
    expect(answer).not.toHaveProperty('status');
  });

  it('gives up on a router that takes the request and never answers', async () => {
    await using server = await startAnsweringServer('silence');
    const patience = new AbortController();
    const router = openJobRouter(server.connection, { clock: { ...clock, deadline: () => patience.signal } });
    const answer = router.getJob(jobId);
    await server.asked;
    patience.abort();
    expect(await answer).toEqual({ kind: 'unavailable', message: 'No answer in time' });
  });

  it.each([
    ['10 s where nothing says when it must be over', undefined, 10],
    ['10 s where there is more', '2026-03-02T09:00:11Z', 10],
    ['what is left where that is less', '2026-03-02T09:00:03Z', 3],
  ])('gives a call %s', async (_, end, seconds) => {
    await using server = await startAnsweringServer({ status: 200, body: { id: 'job-1' } });
    const limits: number[] = [];
    const deadline = (milliseconds: number) => {
      limits.push(milliseconds / 1000);
      return clock.deadline(milliseconds);
    };
    const router = openJobRouter(server.connection, { clock: { ...clock, deadline } });
    await (end === undefined ? router : router.until(new Date(end))).getJob(jobId);
    expect(limits).toEqual([seconds]);
  });

  it('sends nothing once the work must be over', async () => {
    await using server = await startAnsweringServer({ status: 200, body: { id: 'job-1' } });
    const router = openJobRouter(server.connection, { clock }).until(clock.now());
    expect(await router.getJob(jobId)).toEqual({ kind: 'unavailable', message: 'No time was left to ask' });
    expect(server.seen).toEqual([]);
  });
});
