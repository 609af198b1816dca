import { describe, expect, it } from 'vitest';
import { acceptOwnOfferEndpoint } from '../../../../../src/http/workers/acceptOwnOffer.ts';
import { getWorkerEndpoint } from '../../../../../src/http/workers/getWorker.ts';
import { listWorkersEndpoint } from '../../../../../src/http/workers/listWorkers.ts';
import { updateWorkerEndpoint } from '../../../../../src/http/workers/updateWorker.ts';
import { type Asking, httpWorld, QUEUE, signedIn, WORKER } from '../../../../support/httpWorld.ts';

const about = (body?: unknown, more: Asking = {}): Asking => ({
  params: { workerId: WORKER },
  ...(body !== undefined && { body }),
  ...more,
});
const self = (id: string = WORKER) => ({ as: signedIn(id, 'Workers.Self') });

describe('GET /api/workers', () => {
  it('lists who is where', async () => {
    const world = httpWorld();
    world.send('PATCH', '/routing/workers/worker-2', { capacity: 1, availableForOffers: true });
    const list = async (query: Record<string, string>) =>
      (await world.ask(listWorkersEndpoint, { query })).body;
    expect(await list({})).toMatchObject({ items: [{ id: 'worker-2' }, { id: WORKER }] });
    expect(await list({ queueId: QUEUE, channelId: 'voice', hasCapacity: 'true' })).toMatchObject({
      items: [{ id: WORKER }],
    });
    expect(await list({ state: 'active' })).toMatchObject({ items: [{ id: 'worker-2' }] });
    expect(await list({ limit: '1' })).toMatchObject({ items: [{}], next: expect.any(String) });
  });
});

describe('GET /api/workers/{workerId}', () => {
  it('shows the worker, and to a worker itself only', async () => {
    const world = httpWorld();
    for (const more of [{}, self(), { as: signedIn('ada', 'Jobs.Read') }]) {
      expect(await world.ask(getWorkerEndpoint, about(undefined, more))).toMatchObject({
        status: 200,
        headers: { etag: expect.any(String) },
        body: { id: WORKER, labels: { language: 'en' } },
      });
    }
    const other = await world.ask(getWorkerEndpoint, about(undefined, self('worker-2')));
    expect(other.status).toBe(403);
    const missing = { params: { workerId: 'worker-3' }, ...self('worker-2') };
    expect(await world.ask(getWorkerEndpoint, missing)).toEqual(other);
    expect(await world.ask(getWorkerEndpoint, { params: { workerId: 'worker-3' } })).toMatchObject({
      status: 404,
    });
  });
});

describe('PATCH /api/workers/{workerId}', () => {
  it('changes availability, capacity, channels and labels', async () => {
    const body = {
      availableForOffers: true,
      capacity: 2,
      channels: [{ channelId: 'chat', capacityCostPerJob: 1 }],
      labels: { language: null, level: 3 },
    };
    expect(await httpWorld().ask(updateWorkerEndpoint, about(body))).toMatchObject({
      status: 200,
      body: {
        state: 'active',
        capacity: 2,
        channels: [{ channelId: 'chat' }],
        labels: { Id: WORKER, level: 3 },
      },
    });
  });

  it('lets a worker sign itself on and off, and do nothing else', async () => {
    const world = httpWorld();
    expect(await world.ask(updateWorkerEndpoint, about({ availableForOffers: true }, self()))).toMatchObject({
      status: 200,
      body: { state: 'active' },
    });
    for (const body of [{ capacity: 99 }, { availableForOffers: false, labels: { level: 9 } }]) {
      expect(await world.ask(updateWorkerEndpoint, about(body, self()))).toMatchObject({ status: 403 });
    }
    const other = await world.ask(
      updateWorkerEndpoint,
      about({ availableForOffers: false }, self('worker-2')),
    );
    expect(other).toMatchObject({ status: 403 });
    expect(world.send('GET', `/routing/workers/${WORKER}`)).toMatchObject({
      body: { availableForOffers: true, capacity: 5 },
    });
  });

  it('makes every change of many that come at once', async () => {
    const world = httpWorld();
    const names = Array.from({ length: 50 }, (_, number) => `label${number}`);
    const answers = await Promise.all(
      names.map((name) => world.ask(updateWorkerEndpoint, about({ labels: { [name]: 1 } }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
  });

  it('creates none, and heeds the ETag of the caller', async () => {
    const world = httpWorld();
    const nobody = { params: { workerId: 'nobody' }, body: { capacity: 1 } };
    expect(await world.ask(updateWorkerEndpoint, nobody)).toMatchObject({ status: 404 });
    const stale = about({ capacity: 1 }, { headers: { 'if-match': '"stale"' } });
    expect(await world.ask(updateWorkerEndpoint, stale)).toMatchObject({ status: 412 });
  });

  it.each([
    [{ queues: [] }, '/queues'],
    [{ tags: { ManagedBy: 'me' } }, '/tags'],
    [{ state: 'active' }, '/state'],
    [{ capacity: -1 }, '/capacity'],
    [{ labels: { a: [] } }, '/labels/a'],
  ])('refuses %j', async (body, pointer) => {
    expect(await httpWorld().ask(updateWorkerEndpoint, about(body))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('POST /api/workers/{workerId}/offers/{offerId}/accept', () => {
  it('gives the job to the worker', async () => {
    const world = httpWorld();
    const offerId = await world.offered('job-1');
    const accept = { params: { workerId: WORKER, offerId }, ...self() };
    expect(await world.ask(acceptOwnOfferEndpoint, accept)).toMatchObject({
      status: 200,
      body: { jobId: 'job-1', workerId: WORKER, assignmentId: expect.any(String) },
    });
    expect(await world.ask(acceptOwnOfferEndpoint, accept)).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/offerNotFound$/) },
    });
  });

  it('refuses what is offered to another, whoever asks', async () => {
    const world = httpWorld();
    const offerId = await world.offered('job-1');
    world.send('PATCH', '/routing/workers/worker-2', { capacity: 1 });
    const asOther = { params: { workerId: WORKER, offerId }, ...self('worker-2') };
    expect(await world.ask(acceptOwnOfferEndpoint, asOther)).toMatchObject({ status: 403 });
    const forItself = { params: { workerId: 'worker-2', offerId }, ...self('worker-2') };
    expect(await world.ask(acceptOwnOfferEndpoint, forItself)).toMatchObject({ status: 404 });
    const nobody = { params: { workerId: 'nobody', offerId } };
    expect(await world.ask(acceptOwnOfferEndpoint, nobody)).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/workerNotFound$/) },
    });
  });
});
