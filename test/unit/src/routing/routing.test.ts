import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readRoutingDocument } from '../../../../src/routing/document/readRoutingDocument.ts';
import type { ApplyProgress } from '../../../../src/routing/model.ts';
import { applyDocument } from '../../../../src/routing/routing.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';

function documentOf(written: unknown) {
  const read = readRoutingDocument(written);
  if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
  return read;
}

const quickstart = documentOf(await readFile('routing.json', 'utf8'));
const unavailable = { kind: 'unavailable', status: 503, message: 'later' } as const;
const everything = ['distributionPolicies/distribution-policy-1', 'queues/queue-1', 'workers/worker-1'];
const nothingElse = { adopted: [], deleted: [], notes: {} };

const apply = (router: ReturnType<typeof createMemoryJobRouter>['router'], document = quickstart) =>
  applyDocument(router, document, { router: 'router.example' });

describe('applying a document', () => {
  it('makes everything, in the order of dependence', async () => {
    const { router, writes } = createMemoryJobRouter();
    expect(await apply(router)).toMatchObject({
      kind: 'applied',
      done: { created: everything, updated: [], unchanged: [], ...nothingElse },
    });
    expect(writes.map((write) => write.split('/')[0])).toEqual(['policies', 'queues', 'workers']);
  });

  it('marks what it makes as the document’s own', async () => {
    const { router, policies, queues, workers } = createMemoryJobRouter();
    await apply(router);
    expect(policies.get('distribution-policy-1')?.name).toBe('My distribution policy [managed by routing]');
    expect(queues.get('queue-1')?.labels).toMatchObject({ ManagedBy: 'routing' });
    expect(workers.get('worker-1')?.tags).toMatchObject({ ManagedBy: 'routing' });
  });

  it('writes nothing the second time', async () => {
    const { router, writes } = createMemoryJobRouter();
    await apply(router);
    writes.length = 0;
    expect(await apply(router)).toMatchObject({ done: { created: [], unchanged: everything } });
    expect(writes).toEqual([]);
  });

  it('brings a worker back that an expired offer switched off, and touches nothing else', async () => {
    const { router, workers, writes } = createMemoryJobRouter();
    await apply(router);
    workers.set('worker-1', { ...workers.get('worker-1'), id: 'worker-1', availableForOffers: false });
    writes.length = 0;
    expect(await apply(router)).toMatchObject({ done: { updated: ['workers/worker-1'] } });
    expect(writes).toEqual(['workers/worker-1 {"availableForOffers":true}']);
  });

  it('refuses a document that refers to what is nowhere, at every place, and writes nothing', async () => {
    const { router, writes } = createMemoryJobRouter();
    const document = documentOf({
      queues: [{ id: 'q', distributionPolicyId: 'elsewhere' }],
      workers: [{ id: 'w', capacity: 1, queues: ['q', 'nowhere'] }],
      jobs: [{ id: 'j', channelId: 'voice', queueId: 'nowhere' }],
    });
    const result = await apply(router, document);
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
    const document = documentOf({ queues: [{ id: 'q', distributionPolicyId: 'elsewhere' }] });
    expect(await apply(router, document)).toMatchObject({ done: { created: ['queues/q'] } });
  });

  it('stops after the level that failed, and tells what was done and what was not begun', async () => {
    const { router } = createMemoryJobRouter({ 'upsert queues/queue-1': unavailable });
    expect(await apply(router)).toEqual({
      kind: 'stopped',
      done: { created: everything.slice(0, 1), updated: [], unchanged: [], ...nothingElse },
      failures: [{ kind: 'queues', id: 'queue-1', action: 'create', answer: unavailable }],
      notDone: ['workers/worker-1'],
    });
  });

  it('writes nothing when what the router holds cannot be read', async () => {
    const { router, writes } = createMemoryJobRouter({ 'list workers': unavailable });
    expect(await apply(router)).toEqual({ kind: 'unread', subject: 'workers', answer: unavailable });
    expect(writes).toEqual([]);
  });

  it('tells how far it is after every change', async () => {
    const { router } = createMemoryJobRouter();
    const told: ApplyProgress[] = [];
    const onProgress = (progress: ApplyProgress) => told.push(progress);
    await applyDocument(router, quickstart, { router: 'router.example', onProgress });
    expect(told.filter(({ kind }) => kind === 'level')).toHaveLength(3);
    expect(told.at(-1)).toEqual({
      kind: 'change',
      resource: { kind: 'workers', id: 'worker-1' },
      became: 'created',
      done: 3,
      total: 3,
    });
  });
});
