/** What the surface makes of the engine's answers and views: statuses, headers, and bodies to the letter. */
import { describe, expect, it } from 'vitest';
import { millisecondsAfter, secondsAfter } from '../../../../../emulator/clock/instant.ts';
import {
  type AssignmentId,
  type DistributionPolicyId,
  idFrom,
  type JobId,
  type OfferId,
  type QueueId,
  type WorkerId,
} from '../../../../../emulator/router/engine/ids.ts';
import type { DistributionPolicyView } from '../../../../../emulator/router/engine/model/distributionPolicy.ts';
import type { JobView } from '../../../../../emulator/router/engine/model/job.ts';
import type { QueueView } from '../../../../../emulator/router/engine/model/queue.ts';
import type { WorkerView } from '../../../../../emulator/router/engine/model/worker.ts';
import { NINE_AM, scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';

const revision = { version: 2, modifiedAt: NINE_AM };
const BY_SECONDS = '\\"00000002-0000-0700-0000-69a551900000\\"';
const BY_TICKS = '\\"00000002-0000-0000-00a8-a8153a78de08\\"';
const LAST_MODIFIED = 'Mon, 02 Mar 2026 09:00:00 GMT';

const jobId = idFrom<JobId>('job-1');
const queueId = idFrom<QueueId>('queue-1');
const workerId = idFrom<WorkerId>('worker-1');
const offerId = idFrom<OfferId>('offer-1');
const assignmentId = idFrom<AssignmentId>('assignment-1');
const policyId = idFrom<DistributionPolicyId>('policy-1');

const policy: DistributionPolicyView = {
  revision,
  mode: { bypassSelectors: false, maxConcurrentOffers: 1, minConcurrentOffers: 1, kind: 'longestIdle' },
  offerExpiresAfterSeconds: 60,
  name: 'My distribution policy',
  id: policyId,
};
const queue: QueueView = { revision, labels: { Id: 'queue-1' }, distributionPolicyId: policyId, id: queueId };
const worker: WorkerView = {
  id: workerId,
  state: 'active',
  queues: [queueId],
  capacity: 2,
  labels: { Id: 'worker-1', 'Some-Skill': 11 },
  tags: {},
  channels: [{ maxNumberOfJobs: 3, capacityCostPerJob: 1, channelId: 'voice' }],
  offers: [
    {
      offerId,
      jobId,
      capacityCost: 1,
      offeredAt: millisecondsAfter(NINE_AM, 120),
      expiresAt: secondsAfter(NINE_AM, 60),
    },
  ],
  assignedJobs: [{ assignmentId, jobId, capacityCost: 1, assignedAt: NINE_AM }],
  loadRatio: 1,
  availableForOffers: true,
  revision,
};
const bareJob: JobView = {
  id: jobId,
  status: 'created',
  channelId: 'voice',
  queueId,
  priority: 1,
  requestedWorkerSelectors: [],
  attachedWorkerSelectors: [],
  labels: {},
  assignments: [],
  tags: {},
  notes: [],
  matchingMode: { kind: 'queueAndMatch' },
  revision,
};
const job: JobView = {
  ...bareJob,
  channelReference: 'call-7',
  status: 'closed',
  enqueuedAt: NINE_AM,
  dispositionCode: 'Resolved',
  requestedWorkerSelectors: [
    { key: 'Some-Skill', labelOperator: 'greaterThan', value: 10, expedite: false, status: 'active' },
    { key: 'Any', labelOperator: 'notEqual', expedite: true, status: 'active' },
  ],
  assignments: [{ workerId, assignmentId, assignedAt: NINE_AM, completedAt: NINE_AM, closedAt: NINE_AM }],
  notes: [{ addedAt: NINE_AM, message: 'hello' }],
};

const read = {
  distributionPolicy: () => policy,
  queue: () => queue,
  worker: () => worker,
  job: (id: JobId) => (id === jobId ? job : bareJob),
};

describe('a resource is written in the recorded order, unset members left out:', () => {
  it.each<[what: string, path: string, text: string]>([
    [
      'a distribution policy',
      '/routing/distributionPolicies/policy-1',
      '{"id":"policy-1","name":"My distribution policy","offerExpiresAfterSeconds":60,"mode":{"kind":"longestIdle","minConcurrentOffers":1,"maxConcurrentOffers":1,"bypassSelectors":false},' +
        `"etag":"${BY_SECONDS}"}`,
    ],
    [
      'a queue without a name',
      '/routing/queues/queue-1',
      `{"id":"queue-1","distributionPolicyId":"policy-1","labels":{"Id":"queue-1"},"etag":"${BY_SECONDS}"}`,
    ],
    [
      'a worker with an offer and an assignment',
      '/routing/workers/worker-1',
      '{"id":"worker-1","state":"active","queues":["queue-1"],"capacity":2,"labels":{"Id":"worker-1","Some-Skill":11},"tags":{},' +
        '"channels":[{"channelId":"voice","capacityCostPerJob":1,"maxNumberOfJobs":3}],' +
        '"offers":[{"offerId":"offer-1","jobId":"job-1","capacityCost":1,"offeredAt":"2026-03-02T09:00:00.12+00:00","expiresAt":"2026-03-02T09:01:00+00:00"}],' +
        '"assignedJobs":[{"assignmentId":"assignment-1","jobId":"job-1","capacityCost":1,"assignedAt":"2026-03-02T09:00:00+00:00"}],' +
        `"loadRatio":1,"availableForOffers":true,"etag":"${BY_TICKS}"}`,
    ],
    [
      'a job just created',
      '/routing/jobs/another',
      '{"id":"job-1","status":"created","channelId":"voice","queueId":"queue-1","priority":1,"requestedWorkerSelectors":[],"attachedWorkerSelectors":[],' +
        `"labels":{},"assignments":{},"tags":{},"notes":[],"matchingMode":{"kind":"queueAndMatch"},"etag":"${BY_TICKS}"}`,
    ],
    [
      'a job at its end',
      '/routing/jobs/job-1',
      '{"id":"job-1","channelReference":"call-7","status":"closed","enqueuedAt":"2026-03-02T09:00:00+00:00","channelId":"voice","queueId":"queue-1","priority":1,"dispositionCode":"Resolved",' +
        '"requestedWorkerSelectors":[{"expedite":false,"status":"active","key":"Some-Skill","labelOperator":"greaterThan","value":10},{"expedite":true,"status":"active","key":"Any","labelOperator":"notEqual"}],' +
        '"attachedWorkerSelectors":[],"labels":{},' +
        '"assignments":{"assignment-1":{"assignmentId":"assignment-1","workerId":"worker-1","assignedAt":"2026-03-02T09:00:00+00:00","completedAt":"2026-03-02T09:00:00+00:00","closedAt":"2026-03-02T09:00:00+00:00"}},' +
        '"tags":{},"notes":[{"message":"hello","addedAt":"2026-03-02T09:00:00+00:00"}],' +
        `"matchingMode":{"kind":"queueAndMatch"},"etag":"${BY_TICKS}"}`,
    ],
  ])('%s', async (_, path, text) => {
    const answer = await surfaceOf(scriptedRouter({ read })).send('GET', path);
    expect(answer.text).toBe(text);
    expect(answer.headers).toMatchObject({
      etag: JSON.parse(text).etag,
      'last-modified': LAST_MODIFIED,
    });
  });
});

describe('the status of success', () => {
  it.each([
    [true, 201],
    [false, 200],
  ])('of an upsert that created (%s) is %i, with the revision in the headers', async (created, status) => {
    const router = scriptedRouter({ answers: { UpsertQueue: { created, resource: queue } } });
    const answer = await surfaceOf(router).send('PATCH', '/routing/queues/queue-1', { body: {} });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ etag: expect.any(String), 'last-modified': LAST_MODIFIED });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it('of a deletion is 204, with neither body nor content type nor revision', async () => {
    const router = scriptedRouter({ answers: { DeleteQueue: {} } });
    const { status, text, headers } = await surfaceOf(router).send('DELETE', '/routing/queues/queue-1');
    expect([status, text]).toEqual([204, '']);
    expect(headers).not.toHaveProperty('content-type');
    expect(headers).not.toHaveProperty('etag');
  });

  it.each<[what: string, path: string, text: string]>([
    ['a cancellation', '/routing/jobs/job-1:cancel', '{}'],
    ['a declined offer', '/routing/workers/worker-1/offers/offer-1:decline', '{}'],
    ['a completion', '/routing/jobs/job-1/assignments/assignment-1:complete', '{}'],
    ['a closing', '/routing/jobs/job-1/assignments/assignment-1:close', '{}'],
    [
      'an accepted offer',
      '/routing/workers/worker-1/offers/offer-1:accept',
      '{"assignmentId":"assignment-1","jobId":"job-1","workerId":"worker-1"}',
    ],
    [
      'an unassignment',
      '/routing/jobs/job-1/assignments/assignment-1:unassign',
      '{"jobId":"job-1","unassignmentCount":1}',
    ],
  ])('of %s is 200 without revision headers', async (_, path, text) => {
    const router = scriptedRouter({
      answers: {
        CancelJob: {},
        DeclineOffer: {},
        CompleteAssignment: {},
        CloseAssignment: {},
        AcceptOffer: { workerId, jobId, assignmentId },
        UnassignJob: { unassignmentCount: 1, jobId },
      },
    });
    const answer = await surfaceOf(router).send('POST', path);
    expect([answer.status, answer.text]).toEqual([200, text]);
    expect(answer.headers).not.toHaveProperty('etag');
  });
});

describe('a conditional PATCH', () => {
  it('sends no command when its condition does not hold', async () => {
    const router = scriptedRouter({ read });
    const { status, body } = await surfaceOf(router).send('PATCH', '/routing/jobs/job-1', {
      body: { priority: 2 },
      headers: { 'if-match': '"old"' },
    });
    expect([status, router.commands]).toEqual([412, []]);
    expect(body).toMatchObject({ communicationError: { code: 'PreconditionFailed' } });
  });
});

describe('a listing', () => {
  const idle: WorkerView = { ...worker, id: idFrom('idle'), offers: [], assignedJobs: [], loadRatio: 0 };
  const away: WorkerView = { ...idle, id: idFrom('away'), state: 'inactive', queues: [], channels: [] };
  const queued: JobView = { ...bareJob, id: idFrom('queued'), status: 'queued', queueId: idFrom('queue-2') };
  const chat: JobView = { ...bareJob, id: idFrom('chat'), status: 'assigned', channelId: 'chat' };
  const { send } = surfaceOf(
    scriptedRouter({
      read: {
        workers: () => [worker, idle, away],
        workerHasRoom: (id, channelId) => id === 'idle' && channelId !== 'chat',
        jobs: () => [job, queued, chat, { ...bareJob, id: idFrom('new') }],
      },
    }),
  );

  it('holds whole resources under value, and neither link nor revision headers', async () => {
    const { body, headers } = await send('GET', '/routing/workers?hasCapacity=true&channelId=voice');
    expect(body).toEqual({ value: [expect.objectContaining({ id: 'idle', etag: expect.any(String) })] });
    expect(headers).not.toHaveProperty('etag');
  });

  it.each<[query: string, ids: string[]]>([
    ['workers?maxpagesize=20', ['worker-1', 'idle', 'away']],
    ['workers?state=all', ['worker-1', 'idle', 'away']],
    ['workers?state=inactive', ['away']],
    ['workers?channelId=voice', ['worker-1', 'idle']],
    ['workers?channelId=chat', []],
    ['workers?queueId=queue-1', ['worker-1', 'idle']],
    ['workers?hasCapacity=false', ['worker-1', 'idle', 'away']],
    ['workers?hasCapacity=true', ['idle']],
    ['jobs?status=all', ['job-1', 'queued', 'chat', 'new']],
    ['jobs?status=closed', ['job-1']],
    ['jobs?status=active', ['queued', 'chat']],
    ['jobs?queueId=queue-2', ['queued']],
    ['jobs?channelId=voice&status=created', ['new']],
    ['jobs?scheduledBefore=2026-03-02T09%3A00%3A00.000Z', []],
    ['jobs?classificationPolicyId=c', []],
    ['jobs?queueId=', ['job-1', 'queued', 'chat', 'new']],
  ])('of %s holds %j', async (query, ids) => {
    const { body } = await send('GET', `/routing/${query}`);
    expect(body).toEqual({ value: ids.map((id) => expect.objectContaining({ id })) });
  });

  it.each<[query: string, status: number]>([
    ['jobs?status=lost', 400],
    ['jobs?scheduledAfter=tomorrow', 400],
    ['workers?state=asleep', 400],
    ['workers?hasCapacity=maybe', 400],
    ['queues?maxpagesize=none', 400],
  ])('of %s is refused with %i', async (query, status) => {
    expect((await send('GET', `/routing/${query}`)).status).toBe(status);
  });

  it('is followed page by page, the filters travelling in the link', async () => {
    const first = await send('GET', '/routing/workers?maxpagesize=1&channelId=voice');
    expect(first.body).toEqual({
      value: [expect.objectContaining({ id: 'worker-1' })],
      nextLink: expect.stringMatching(/^\/routing\/workers\?continuationToken=[^&]+$/),
    });
    const { nextLink } = JSON.parse(first.text);
    const last = await send('GET', nextLink);
    expect(last.body).toEqual({ value: [expect.objectContaining({ id: 'idle' })] });
  });
});
