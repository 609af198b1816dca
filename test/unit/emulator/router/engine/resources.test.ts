import { describe, expect, it } from 'vitest';
import type { DistributionPolicyPatch } from '../../../../../emulator/router/engine/commands.ts';
import { id, NINE_AM, playRouter, SECONDS } from './playRouter.ts';

describe('a distribution policy', () => {
  it('fills in the defaults of its mode', () => {
    const { created, resource } = playRouter().policy('policy-1', {
      offerExpiresAfterSeconds: 60,
      mode: { kind: 'roundRobin' },
    });
    expect(created).toBe(true);
    expect(resource).toEqual({
      id: 'policy-1',
      offerExpiresAfterSeconds: 60,
      mode: { kind: 'roundRobin', minConcurrentOffers: 1, maxConcurrentOffers: 1, bypassSelectors: false },
      revision: { version: 0, modifiedAt: NINE_AM },
    });
  });

  it('merges a patch of its mode and puts defaults back for null', () => {
    const router = playRouter();
    router.openQueue({ kind: 'longestIdle', maxConcurrentOffers: 3, bypassSelectors: true });
    const { mode } = router.policy('policy-1', { mode: { maxConcurrentOffers: null } }).resource;
    expect(mode).toMatchObject({ kind: 'longestIdle', maxConcurrentOffers: 1, bypassSelectors: true });
  });

  it('keeps its revision for a patch that changes nothing and moves it otherwise', () => {
    const router = playRouter();
    router.openQueue();
    router.advance(SECONDS);
    const same = router.policy('policy-1', { offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } });
    expect(same).toMatchObject({
      created: false,
      resource: { revision: { version: 0, modifiedAt: NINE_AM } },
    });
    const { revision } = router.policy('policy-1', { name: 'P' }).resource;
    expect(revision).toEqual({ version: 1, modifiedAt: NINE_AM + SECONDS });
  });

  it.each<[string, DistributionPolicyPatch, readonly string[]]>([
    ['nothing', {}, ['mode.kind', 'offerExpiresAfterSeconds']],
    [
      'no time at all',
      { offerExpiresAfterSeconds: 0, mode: { kind: 'longestIdle' } },
      ['offerExpiresAfterSeconds'],
    ],
    ['no mode', { offerExpiresAfterSeconds: 1, mode: null }, ['mode.kind']],
    [
      'no offers',
      { offerExpiresAfterSeconds: 1, mode: { kind: 'longestIdle', maxConcurrentOffers: 0 } },
      ['mode.maxConcurrentOffers'],
    ],
  ])('is refused with %s', (_, patch, members) => {
    const failure = playRouter().refusalOf<'UpsertDistributionPolicy'>({
      type: 'UpsertDistributionPolicy',
      id: id('policy-1'),
      patch,
    });
    expect(failure).toMatchObject({ kind: 'invalid', problems: members.map((member) => ({ member })) });
  });
});

describe('a queue', () => {
  it('has its automatic label last, whatever is patched', () => {
    const router = playRouter();
    router.openQueue();
    router.queue('queue-1', { labels: { a: 1, Id: 'x' } });
    const { labels } = router.queue('queue-1', { labels: { b: 2, Id: null } }).resource;
    expect(Object.entries(labels)).toEqual([
      ['a', 1],
      ['b', 2],
      ['Id', 'queue-1'],
    ]);
  });

  it('keeps its revision for a patch that changes nothing and loses its name for null', () => {
    const router = playRouter();
    router.openQueue();
    expect(router.queue('queue-1', { name: 'Q' }).resource.revision.version).toBe(1);
    expect(router.queue('queue-1', { name: 'Q', labels: {} }).resource.revision.version).toBe(1);
    const { resource } = router.queue('queue-1', { name: null });
    expect(resource).not.toHaveProperty('name');
    expect(resource.revision.version).toBe(2);
  });

  it.each([
    ['no policy', {}],
    ['a policy that is taken away', { distributionPolicyId: null }],
    ['a policy that does not exist', { distributionPolicyId: id<never>('nowhere') }],
  ])('is refused with %s', (_, patch) => {
    const failure = playRouter().refusalOf<'UpsertQueue'>({ type: 'UpsertQueue', id: id('queue-1'), patch });
    expect(failure).toMatchObject({ kind: 'invalid', problems: [{ member: 'distributionPolicyId' }] });
  });
});

describe('reading', () => {
  it('lists the newest created first, whatever was modified since', () => {
    const router = playRouter();
    router.openQueue();
    for (const name of ['job-1', 'job-2', 'job-3']) router.submit(name);
    router.job('job-1', { priority: 7 });
    expect(router.read.jobs().map((job) => job.id)).toEqual(['job-3', 'job-2', 'job-1']);
  });

  it('hands out equal snapshots until something changes, and never alters one', () => {
    const router = playRouter();
    router.openQueue();
    router.submit('job-1');
    const before = router.jobNamed('job-1');
    const text = JSON.stringify(before);
    expect(router.jobNamed('job-1')).toEqual(before);
    router.job('job-1', { priority: 7, labels: { a: 1 } });
    expect(router.jobNamed('job-1')).not.toEqual(before);
    expect(JSON.stringify(before)).toBe(text);
  });
});
