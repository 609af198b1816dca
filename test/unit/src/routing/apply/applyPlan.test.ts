import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../../../src/routing/apply/applyPlan.ts';
import { routerInProcess } from '../../../../support/routerInProcess.ts';
import { apply, documentOf, planOf } from '../../../../support/routingWorld.ts';

const { document } = documentOf({
  distributionPolicies: [{ id: 'p', offerExpiresAfterSeconds: 60, mode: { kind: 'roundRobin' } }],
  queues: [{ id: 'q', distributionPolicyId: 'p', labels: { Region: 'EU' } }],
});
const withoutQueue = { ...document, queues: [] };

const voice = { channelId: 'voice', capacityCostPerJob: 1 };
const theirLabel = { labels: { Region: 'US', Team: 'theirs' } };

describe('a router that moves between plan and apply', () => {
  it('has what is declared written again on top of what it holds by then', async () => {
    const { jobRouter, clock, send, requests } = routerInProcess();
    await apply(jobRouter, document);
    await clock.advance(1_000);
    send('PATCH', '/routing/queues/q', { labels: { Region: 'DE' } });
    const planned = await planOf(jobRouter, document);
    await clock.advance(1_000);
    send('PATCH', '/routing/queues/q', theirLabel);

    const from = requests.length;
    expect(await applyPlan(planned, { router: jobRouter })).toMatchObject({
      done: { updated: ['queues/q'] },
    });
    expect(requests.slice(from)).toEqual([
      'PATCH /routing/queues/q',
      'GET /routing/queues/q',
      'PATCH /routing/queues/q',
    ]);
    expect(send('GET', '/routing/queues/q').body).toMatchObject({ labels: { Region: 'EU', Team: 'theirs' } });
  });

  it('is left alone where somebody else has made it so meanwhile', async () => {
    const { jobRouter, clock, send } = routerInProcess();
    await apply(jobRouter, document);
    await clock.advance(1_000);
    send('PATCH', '/routing/queues/q', { labels: { Region: 'DE' } });
    const planned = await planOf(jobRouter, document);
    await clock.advance(1_000);
    send('PATCH', '/routing/queues/q', { labels: { Region: 'EU' } });
    expect(await applyPlan(planned, { router: jobRouter })).toMatchObject({
      done: { unchanged: ['distributionPolicies/p', 'queues/q'], notes: { 'queues/q': expect.any(String) } },
    });
  });

  it('has a resource created again that was deleted meanwhile', async () => {
    const { jobRouter, send } = routerInProcess();
    await apply(jobRouter, document);
    send('PATCH', '/routing/queues/q', { labels: { Region: 'DE' } });
    const planned = await planOf(jobRouter, document);
    send('DELETE', '/routing/queues/q');
    expect(await applyPlan(planned, { router: jobRouter })).toMatchObject({
      done: { created: ['queues/q'] },
    });
    expect(send('GET', '/routing/queues/q').body).toMatchObject({
      labels: { Region: 'EU', ManagedBy: 'routing' },
    });
  });

  it('is not touched by a plan that is to be carried out exactly', async () => {
    const { jobRouter, clock, send } = routerInProcess();
    await apply(jobRouter, document);
    await clock.advance(1_000);
    send('PATCH', '/routing/queues/q', { labels: { Region: 'DE' } });
    const planned = await planOf(jobRouter, document);
    await clock.advance(1_000);
    send('PATCH', '/routing/queues/q', theirLabel);
    expect(await applyPlan(planned, { router: jobRouter, isExact: true })).toMatchObject({
      kind: 'stopped',
      failures: [{ kind: 'queues', id: 'q', answer: { reason: 'changed', status: 412 } }],
    });
    expect(send('GET', '/routing/queues/q').body).toMatchObject(theirLabel);
  });
});

describe('a plan that moves by itself what it changes next', () => {
  it('is carried out whole, exactly too', async () => {
    const { jobRouter, clock, send } = routerInProcess();
    const working = {
      ...document,
      workers: [{ id: 'w', capacity: 1, queues: ['q'], channels: [voice], availableForOffers: true }],
      jobs: [{ id: 'j', channelId: 'voice', queueId: 'q' }],
    };
    await apply(jobRouter, working);
    await clock.advance(1_000);
    const changed = {
      ...working,
      workers: [{ id: 'w', capacity: 2 }],
      jobs: [{ id: 'j', priority: 5 }],
    };
    const planned = await planOf(jobRouter, changed);
    await clock.advance(1_000);
    expect(await applyPlan(planned, { router: jobRouter, isExact: true })).toMatchObject({
      done: { updated: ['workers/w', 'jobs/j'] },
    });
    expect(send('GET', '/routing/jobs/j').body).toMatchObject({ priority: 5 });
  });
});

describe('a write that was repeated because its answer was lost', () => {
  it('has succeeded, in a plan that is to be carried out exactly, too', async () => {
    const { jobRouter, clock, send } = routerInProcess();
    await apply(jobRouter, document);
    send('PATCH', '/routing/queues/q', { labels: { Region: 'DE' } });
    const planned = await planOf(jobRouter, document);
    await clock.advance(1_000);
    const repeating: typeof jobRouter = {
      ...jobRouter,
      resources(kind) {
        const calls = jobRouter.resources(kind);
        const upsert: typeof calls.upsert = async (...given) => {
          await calls.upsert(...given);
          return calls.upsert(...given);
        };
        return { ...calls, upsert };
      },
    };
    expect(await applyPlan(planned, { router: repeating, isExact: true })).toMatchObject({ kind: 'applied' });
    expect(send('GET', '/routing/queues/q').body).toMatchObject({ labels: { Region: 'EU' } });
  });
});

describe('a deletion', () => {
  it('spares what has been taken over since the plan was made', async () => {
    const { jobRouter, send } = routerInProcess();
    await apply(jobRouter, document);
    const planned = await planOf(jobRouter, withoutQueue, true);
    send('PATCH', '/routing/queues/q', { labels: { ManagedBy: 'other' } });
    expect(await applyPlan(planned, { router: jobRouter })).toMatchObject({
      done: { deleted: [], notes: { 'queues/q': 'does not belong to "routing" any more' } },
    });
    expect(send('GET', '/routing/queues/q').status).toBe(200);
  });

  it('has succeeded where the resource is gone already', async () => {
    const { jobRouter, send } = routerInProcess();
    await apply(jobRouter, document);
    const planned = await planOf(jobRouter, withoutQueue, true);
    send('DELETE', '/routing/queues/q');
    expect(await applyPlan(planned, { router: jobRouter })).toMatchObject({
      done: { deleted: ['queues/q'] },
    });
  });

  it('that is refused after all is told with the words of the router', async () => {
    const { jobRouter, send } = routerInProcess();
    await apply(jobRouter, document);
    const planned = await planOf(jobRouter, withoutQueue, true);
    send('PATCH', '/routing/workers/w', { capacity: 1, queues: ['q'] });
    expect(await applyPlan(planned, { router: jobRouter })).toMatchObject({
      kind: 'stopped',
      failures: [{ action: 'delete', answer: { message: expect.stringContaining('assigned worker') } }],
    });
  });
});
