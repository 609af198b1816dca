import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { provision } from '../../../../src/provisioning/provision.ts';
import { routingDocument } from '../../../../src/provisioning/routingDocument.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';

const quickstart = routingDocument.parse(JSON.parse(await readFile('routing.json', 'utf8')));
const unavailable = { kind: 'unavailable', status: 503, message: 'later' } as const;
const everything = ['distributionPolicies/distribution-policy-1', 'queues/queue-1', 'workers/worker-1'];

describe('provisioning', () => {
  it('makes everything, in the order of dependence', async () => {
    const { router, writes } = createMemoryJobRouter();
    expect(await provision(router, quickstart)).toEqual({
      kind: 'applied',
      done: { created: everything, updated: [], unchanged: [], notes: {} },
    });
    expect(writes.map((write) => write.split('/')[0])).toEqual(['policies', 'queues', 'workers']);
  });

  it('writes nothing the second time', async () => {
    const { router, writes } = createMemoryJobRouter();
    await provision(router, quickstart);
    writes.length = 0;
    expect(await provision(router, quickstart)).toMatchObject({
      done: { created: [], unchanged: everything },
    });
    expect(writes).toEqual([]);
  });

  it('brings a worker back that an expired offer switched off, and touches nothing else', async () => {
    const { router, workers, writes } = createMemoryJobRouter();
    await provision(router, quickstart);
    workers.set('worker-1', { ...workers.get('worker-1'), id: 'worker-1', availableForOffers: false });
    writes.length = 0;
    expect(await provision(router, quickstart)).toMatchObject({ done: { updated: ['workers/worker-1'] } });
    expect(writes).toEqual(['workers/worker-1 {"availableForOffers":true}']);
  });

  it('refuses a document that refers to what is nowhere, at every place, and writes nothing', async () => {
    const { router, writes } = createMemoryJobRouter();
    const document = routingDocument.parse({
      queues: [{ id: 'q', distributionPolicyId: 'elsewhere' }],
      workers: [{ id: 'w', capacity: 1, queues: ['q', 'nowhere'] }],
      jobs: [{ id: 'j', channelId: 'voice', queueId: 'nowhere' }],
    });
    const result = await provision(router, document);
    expect(result.kind === 'invalid' && result.problems.map(({ pointer }) => pointer)).toEqual([
      '/queues/0/distributionPolicyId',
      '/workers/0/queues/1',
      '/jobs/0/queueId',
    ]);
    expect(writes).toEqual([]);
  });

  it('accepts a reference to what only the router has', async () => {
    const { router, policies } = createMemoryJobRouter();
    policies.set('elsewhere', { id: 'elsewhere' });
    const document = routingDocument.parse({ queues: [{ id: 'q', distributionPolicyId: 'elsewhere' }] });
    expect(await provision(router, document)).toMatchObject({ done: { created: ['queues/q'] } });
  });

  it('stops after the level that failed, and tells what was done and what was not begun', async () => {
    const { router } = createMemoryJobRouter({ 'upsert queues/queue-1': unavailable });
    expect(await provision(router, quickstart)).toEqual({
      kind: 'stopped',
      done: { created: everything.slice(0, 1), updated: [], unchanged: [], notes: {} },
      failures: [{ step: 'queues/queue-1', answer: unavailable }],
      notDone: ['workers/worker-1'],
    });
  });

  it('writes nothing when what the router holds cannot be read', async () => {
    const { router, writes } = createMemoryJobRouter({ 'get workers/worker-1': unavailable });
    expect(await provision(router, quickstart)).toEqual({
      kind: 'unread',
      failure: { step: 'workers/worker-1', answer: unavailable },
    });
    expect(writes).toEqual([]);
  });
});
