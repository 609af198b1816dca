/** Requests in, answers out, with the real engine behind the surface and time moved by hand. */
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createManualClock, type ManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createRouterEngine } from '../../../../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../../../../emulator/router/engine/delays.ts';
import { createRouter } from '../../../../../emulator/router/router.ts';
import { parseExpression } from '../../../../../emulator/router/rules/parseExpression.ts';
import { NINE_AM, surfaceOf } from '../../../../support/routerSurface.ts';

let clock: ManualClock;
let send: ReturnType<typeof surfaceOf>['send'];

beforeEach(async () => {
  clock = createManualClock(NINE_AM);
  let ids = 0;
  const router = createRouter({
    startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, noDelays, saved),
    clock,
    newId: () => `id-${++ids}`,
    random: () => 0,
    onFact: () => {},
  });
  send = surfaceOf(router, { clock }).send;
  await patch('distributionPolicies/distribution-policy-1', {
    offerExpiresAfterSeconds: 60,
    mode: { kind: 'longest-idle' },
    name: 'My distribution policy',
  });
  await patch('queues/queue-1', { name: 'My Queue', distributionPolicyId: 'distribution-policy-1' });
});

const patch = (path: string, body: object, headers: Record<string, string> = {}) =>
  send('PATCH', `/routing/${path}`, { body, headers });
const get = (path: string) => send('GET', `/routing/${path}`);
const post = (path: string, body?: object) => send('POST', `/routing/${path}`, { body });
const remove = (path: string) => send('DELETE', `/routing/${path}`);

const putJob = (id = 'job-1') =>
  patch(`jobs/${id}`, {
    channelId: 'voice',
    queueId: 'queue-1',
    priority: 1,
    requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan', value: 10 }],
  });

const putWorker = (id = 'worker-1') =>
  patch(`workers/${id}`, {
    capacity: 1,
    queues: ['queue-1'],
    labels: { 'Some-Skill': 11 },
    channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    availableForOffers: true,
  });

const offers = z.object({ offers: z.array(z.object({ offerId: z.string() })) });
const accepted = z.object({ assignmentId: z.string(), jobId: z.string(), workerId: z.string() });

/** The path of the offer that a worker has. */
async function offerOf(worker: string): Promise<string> {
  const [offer] = offers.parse((await get(`workers/${worker}`)).body).offers;
  return `workers/${worker}/offers/${offer?.offerId}`;
}

/** Submits the job, lets the worker have it; the path of the assignment. */
async function assign(): Promise<string> {
  await putJob();
  await putWorker();
  await clock.settle();
  const { jobId, assignmentId } = accepted.parse((await post(`${await offerOf('worker-1')}:accept`)).body);
  return `jobs/${jobId}/assignments/${assignmentId}`;
}

describe('the quickstart', () => {
  it('runs from the policy to the deleted job', async () => {
    expect((await putJob()).body).toMatchObject({ status: 'created' });
    expect((await putWorker()).body).toMatchObject({ state: 'active', labels: { Id: 'worker-1' } });
    await clock.settle();
    expect((await get('jobs/job-1')).body).toMatchObject({ status: 'queued' });

    const offer = await offerOf('worker-1');
    expect((await post(`${offer}:accept`)).body).toEqual({
      assignmentId: expect.any(String),
      jobId: 'job-1',
      workerId: 'worker-1',
    });
    const [assignmentId] = Object.keys(
      z.object({ assignments: z.record(z.string(), z.unknown()) }).parse((await get('jobs/job-1')).body)
        .assignments,
    );
    const assignment = `jobs/job-1/assignments/${assignmentId}`;
    expect((await post(`${assignment}:complete`)).text).toBe('{}');
    expect((await post(`${assignment}:close`, { dispositionCode: 'Resolved' })).text).toBe('{}');
    expect((await get('jobs/job-1')).body).toMatchObject({ status: 'closed', dispositionCode: 'Resolved' });
    expect((await remove('jobs/job-1')).status).toBe(204);
    expect((await get('jobs/job-1')).status).toBe(404);
  });

  it('answers 201 the first time and 200 the second, when nothing changes and the ETag stays', async () => {
    const queue = { name: 'Another', distributionPolicyId: 'distribution-policy-1' };
    const first = await patch('queues/queue-2', queue);
    await clock.advance(5_000);
    const second = await patch('queues/queue-2', queue);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(second.headers['last-modified']).toBe(first.headers['last-modified']);
  });

  it('gives a change a new ETag, the same in header and body', async () => {
    const before = (await get('queues/queue-1')).headers.etag;
    const { headers, body } = await patch('queues/queue-1', { name: 'Renamed' });
    expect(headers.etag).not.toBe(before);
    expect(body).toMatchObject({ etag: headers.etag });
  });
});

describe('a label whose name every object inherits', () => {
  const names = ['__proto__', 'constructor'] as const;
  const selecting = (key: string) =>
    `{"channelId":"voice","queueId":"queue-1","requestedWorkerSelectors":[{"key":"${key}","labelOperator":"equal","value":"x"}]}`;
  const worker = (labels: string) =>
    `{"queues":["queue-1"],"capacity":1,"channels":[{"channelId":"voice","capacityCostPerJob":1}],"availableForOffers":true,"labels":${labels}}`;
  const patchText = (path: string, body: string) => send('PATCH', `/routing/${path}`, { body });

  it.each(names)('is kept, shown and removed as any other: %s', async (name) => {
    const { text } = await patchText('workers/worker-1', worker(`{"${name}":"x","Other":1}`));
    expect(text).toContain(`"labels":{"${name}":"x","Other":1,"Id":"worker-1"}`);
    expect((await patchText('workers/worker-1', `{"labels":{"${name}":null}}`)).text).toContain(
      '"labels":{"Other":1,"Id":"worker-1"}',
    );
    expect((await patchText('workers/worker-1', `{"tags":{"${name}":{}}}`)).body).toMatchObject({
      communicationError: { details: [{ message: expect.stringContaining(`tags.${name}: `) }] },
    });
  });

  it.each(names)('is asked for as any other, and nobody has it by birth: %s', async (name) => {
    await patchText('workers/without', worker('{}'));
    await patchText('jobs/job-1', selecting(name));
    await clock.settle();
    expect((await get('workers/without')).body).toMatchObject({ offers: [] });
    await patchText('workers/with', worker(`{"${name}":"x"}`));
    await clock.settle();
    expect((await get('workers/with')).body).toMatchObject({ offers: [{ jobId: 'job-1' }] });
  });
});

describe('of two requests', () => {
  it('that change the same version, only the first is let in', async () => {
    const etag = String((await get('queues/queue-1')).headers.etag);
    const [first, second] = await Promise.all([
      patch('queues/queue-1', { name: 'First' }, { 'if-match': etag }),
      patch('queues/queue-1', { name: 'Second' }, { 'if-match': etag }),
    ]);
    expect([first.status, second.status]).toEqual([200, 412]);
    expect((await get('queues/queue-1')).body).toMatchObject({ name: 'First' });
  });

  it('that accept the same offer, only one is given the job', async () => {
    await putJob();
    await putWorker();
    await clock.settle();
    const offer = await offerOf('worker-1');
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(`${offer}:accept`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(404)]);
    expect((await get('jobs/job-1')).body).toMatchObject({ status: 'assigned' });
  });
});

describe('a refusal of the engine', () => {
  const validation = (code: string) => ({
    communicationError: expect.objectContaining({ details: [expect.objectContaining({ code })] }),
  });

  it.each(['jobs', 'workers', 'queues', 'distributionPolicies'])('is 404 for unknown %s', async (kind) => {
    expect(await get(`${kind}/unknown`)).toMatchObject({
      status: 404,
      body: { communicationError: { code: 'NotFound', message: 'The item was not found.' } },
    });
    expect((await remove(`${kind}/unknown`)).status).toBe(204);
  });

  it('keeps a distribution policy that a queue uses', async () => {
    const { status, body } = await remove('distributionPolicies/distribution-policy-1');
    expect([status, body]).toEqual([400, validation('QueueExistsWithDistributionPolicy')]);
  });

  it('keeps a queue with an active job and a worker, telling both reasons', async () => {
    await putJob();
    await putWorker();
    expect(await remove('queues/queue-1')).toMatchObject({
      status: 409,
      body: {
        communicationError: {
          code: 'Conflict',
          message:
            'Validation failed: \r\n -- : There is active job with this queue\r\n -- : There is an assigned worker to this queue',
        },
      },
    });
  });

  it('keeps a worker that has an assignment', async () => {
    await assign();
    const { status, body } = await remove('workers/worker-1');
    expect([status, body]).toEqual([400, validation('WorkerHasAssignments')]);
  });

  it('keeps an active job', async () => {
    await putJob();
    const code = 'Conflict';
    const message = 'Validation failed: \r\n -- JobStatus: The job is neither closed nor cancelled';
    const target = '/routing/jobs/job-1';
    expect(await remove('jobs/job-1')).toMatchObject({
      status: 409,
      body: { communicationError: { code, message, target } },
    });
  });

  it('names the offer and the worker when a decline comes too late', async () => {
    await assign();
    expect(await post('workers/worker-1/offers/gone:decline')).toMatchObject({
      status: 404,
      body: {
        communicationError: {
          message: 'DeclineOfferCommandHandler: Offer not found. OfferId: gone, WorkerId: worker-1',
        },
      },
    });
  });

  it('is a 409 for a close before the completion', async () => {
    expect(await post(`${await assign()}:close`)).toMatchObject({ status: 409 });
  });

  it.each<[what: string, path: string, body: object]>([
    ['a queue of an unknown policy', 'queues/q', { distributionPolicyId: 'unknown' }],
    ['a job without a queue', 'jobs/j', { channelId: 'voice' }],
    [
      'a job out of the range of priorities',
      'jobs/j',
      { channelId: 'voice', queueId: 'queue-1', priority: 101 },
    ],
  ])('is a 400 with its reasons for %s', async (_, path, body) => {
    expect(await patch(path, body)).toMatchObject({ status: 400, body: validation('InvalidMember') });
  });
});

describe('an unassigned job', () => {
  it('tells how often it was taken back', async () => {
    const { body } = await post(`${await assign()}:unassign`);
    expect(body).toEqual({ jobId: 'job-1', unassignmentCount: 1 });
  });
});

describe('a listing', () => {
  it('is newest first, and complete though its pages are deleted as they are read', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await putJob(id);
    const seen: string[] = [];
    const page = z.object({
      value: z.array(z.object({ id: z.string() })),
      nextLink: z.string().optional(),
    });
    let next: string | undefined = '/routing/jobs?maxpagesize=2&status=all';
    while (next !== undefined) {
      const { value, nextLink }: z.infer<typeof page> = page.parse((await send('GET', next)).body);
      for (const { id } of value) {
        seen.push(id);
        await post(`jobs/${id}:cancel`);
        await remove(`jobs/${id}`);
      }
      next = nextLink;
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('knows which workers have room for one more job', async () => {
    await assign();
    await putWorker('worker-2');
    const free = await get('workers?hasCapacity=true&channelId=voice');
    expect(free.body).toEqual({ value: [expect.objectContaining({ id: 'worker-2' })] });
  });
});
