import { describe, expect, it } from 'vitest';
import type { WorkerPatch } from '../../../../../emulator/router/engine/commands.ts';
import { id, playRouter, SECONDS } from './playRouter.ts';

const opened = () => {
  const router = playRouter();
  router.openQueue();
  router.queue('queue-2', { distributionPolicyId: id('policy-1') });
  return router;
};

describe('a worker that is created', () => {
  it('needs nothing but a capacity, is inactive and has its automatic label', () => {
    const router = opened();
    const { created, resource } = router.worker('worker-1', { capacity: 3 });
    expect(created).toBe(true);
    expect(resource).toMatchObject({
      id: 'worker-1',
      state: 'inactive',
      queues: [],
      capacity: 3,
      labels: { Id: 'worker-1' },
      tags: {},
      channels: [],
      offers: [],
      assignedJobs: [],
      loadRatio: 0,
      availableForOffers: false,
      revision: { version: 0 },
    });
    expect(router.told()).toEqual([]);
  });

  it('has the automatic label and cannot change or remove it', () => {
    const router = opened();
    router.worker('worker-1', { capacity: 1, labels: { a: 1, Id: 'x' } });
    const { labels } = router.worker('worker-1', { labels: { Id: null, b: 2 } }).resource;
    expect(labels).toEqual({ a: 1, b: 2, Id: 'worker-1' });
    expect(router.worker('worker-1', { labels: null }).resource.labels).toEqual({ Id: 'worker-1' });
  });

  it('is registered in the same answer when it is available', () => {
    const router = opened();
    const { resource } = router.worker('worker-1', { capacity: 1, availableForOffers: true });
    expect(resource).toMatchObject({ state: 'active', availableForOffers: true, revision: { version: 1 } });
    expect(router.told()).toEqual(['WorkerRegistered worker-1']);
  });

  it('reports everything that is wrong with it at once', () => {
    const failure = opened().refusalOf<'UpsertWorker'>({
      type: 'UpsertWorker',
      id: id('8:acs:x'),
      patch: {
        queues: [id('nowhere')],
        channels: [{ channelId: '', capacityCostPerJob: -1, maxNumberOfJobs: 0 }],
      },
    });
    expect(failure).toMatchObject({
      kind: 'invalid',
      problems: [
        { member: 'id' },
        { member: 'capacity' },
        { member: 'channels[0].channelId' },
        { member: 'channels[0].capacityCostPerJob' },
        { member: 'channels[0].maxNumberOfJobs' },
        { member: 'queues' },
      ],
    });
  });
});

describe('the availability of a worker', () => {
  it('goes off and on with the facts for each', () => {
    const router = opened();
    router.available('worker-1');
    router.told();
    expect(router.worker('worker-1', { availableForOffers: false }).resource.state).toBe('inactive');
    expect(router.told()).toEqual(['WorkerDeregistered worker-1', 'WorkerUpdated worker-1']);
    expect(router.worker('worker-1', { availableForOffers: true }).resource.state).toBe('active');
    expect(router.told()).toEqual(['WorkerRegistered worker-1', 'WorkerUpdated worker-1']);
  });

  it('goes off with its open offers revoked', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.worker('worker-1', { availableForOffers: null });
    expect(router.told()).toEqual([
      'WorkerDeregistered worker-1',
      'WorkerOfferRevoked job-1 worker-1',
      'WorkerUpdated worker-1',
    ]);
  });

  it('drains while work is assigned, and is inactive after the last of it', () => {
    const router = opened();
    router.available('worker-1', { capacity: 2 });
    router.submit('job-1');
    router.submit('job-2');
    const first = router.accept('worker-1', 'job-1');
    const second = router.accept('worker-1', 'job-2');
    expect(router.worker('worker-1', { availableForOffers: false }).resource.state).toBe('draining');
    router.end(first);
    expect(router.workerNamed('worker-1').state).toBe('draining');
    router.told();
    router.end(second);
    expect(router.workerNamed('worker-1').state).toBe('inactive');
    expect(router.told()).toEqual(['JobCompleted job-2', 'JobClosed job-2']);
  });

  it('comes back while draining with what it still has to do', () => {
    const router = opened();
    router.available('worker-1', { capacity: 2 });
    router.submit('job-1');
    router.accept('worker-1');
    router.worker('worker-1', { availableForOffers: false });
    router.submit('job-2');
    expect(router.offered()).toEqual([]);
    router.worker('worker-1', { availableForOffers: true });
    expect(router.workerNamed('worker-1')).toMatchObject({ state: 'active', loadRatio: 1 });
    expect(router.offered()).toEqual(['job-2>worker-1']);
  });
});

describe('a patch of a worker', () => {
  it('keeps the revision and says nothing when it changes nothing', () => {
    const router = opened();
    const before = router.available('worker-1', { labels: { a: 1 } }).resource.revision;
    router.told();
    router.advance(SECONDS);
    const { created, resource } = router.available('worker-1', { labels: { a: 1 }, tags: {} });
    expect(created).toBe(false);
    expect(resource.revision).toEqual(before);
    expect(router.told()).toEqual([]);
  });

  it.each<[string, WorkerPatch, string]>([
    ['labels', { labels: { a: 1 } }, 'Labels'],
    ['queues', { queues: [id('queue-1'), id('queue-2')] }, 'QueueAssignments'],
    ['channels', { channels: [{ channelId: 'voice', capacityCostPerJob: 2 }] }, 'ChannelConfigurations'],
    ['capacity', { capacity: 5 }, 'TotalCapacity'],
  ])('of its %s is told and revokes its open offers', (_, patch, property) => {
    const router = opened();
    router.available('worker-1', { capacity: 4 });
    router.submit('job-1');
    router.told();
    router.handle<'UpsertWorker'>({ type: 'UpsertWorker', id: id('worker-1'), patch });
    expect(router.lastFact('WorkerUpdated').updatedProperties).toEqual([property]);
    expect(router.told()).toEqual(['WorkerUpdated worker-1', 'WorkerOfferRevoked job-1 worker-1']);
  });

  it('of its tags leaves its open offers alone', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.worker('worker-1', { tags: { a: 1 } });
    expect(router.lastFact('WorkerUpdated').updatedProperties).toEqual(['Tags']);
    expect(router.told()).toEqual(['WorkerUpdated worker-1']);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('keeps assignments even when their capacity is gone', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.accept('worker-1');
    const { resource } = router.worker('worker-1', { capacity: 0, channels: [] });
    expect(resource).toMatchObject({ loadRatio: 1, assignedJobs: [{ jobId: 'job-1' }] });
  });

  it('carries the queues of the worker, in its order, in the fact', () => {
    const router = opened();
    router.worker('worker-1', {
      capacity: 1,
      queues: [id('queue-2'), id('queue-1')],
      availableForOffers: true,
    });
    expect(router.lastFact('WorkerRegistered').queues.map((queue) => queue.id)).toEqual([
      'queue-2',
      'queue-1',
    ]);
  });
});
