import { describe, expect, it } from 'vitest';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { openJobRouter } from '../../../../src/jobRouter/openJobRouter.ts';
import { startAnsweringServer } from '../../../support/answeringServer.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const jobId = idFrom<Parameters<JobRouter['getJob']>[0]>('job 1/ü');
const assignmentId = idFrom<Parameters<JobRouter['completeAssignment']>[1]>('a-1');
const closeAt = new Date('2026-03-02T09:05:00Z');

const version = 'api-version=2023-11-01';
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

  it.each([
    ['a throttled one', 429],
    ['a failed one', 503],
    ['one that was timed out', 408],
  ])('asks once, also when the answer is %s: the caller owns the retries', async (_, status) => {
    await using server = await startAnsweringServer({ status, headers: { 'retry-after': '1' } });
    const answer = await openJobRouter(server.connection, { clock }).getJob(jobId);
    expect(answer).toMatchObject({ kind: 'unavailable', status, retryAfterSeconds: 1 });
    expect(server.seen).toHaveLength(1);
  });

  it('does not carry a signed request to where a redirect points', async () => {
    await using elsewhere = await startAnsweringServer({ status: 200, body: { id: 'job-1' } });
    const location = `${elsewhere.connection.endpoint}routing/jobs/job-1`;
    await using server = await startAnsweringServer({ status: 302, headers: { location } });
    const answer = await openJobRouter(server.connection, { clock }).getJob(jobId);
    expect(answer).toMatchObject({ kind: 'unavailable', status: 302 });
    expect(elsewhere.seen).toEqual([]);
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
