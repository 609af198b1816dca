import { describe, expect, it } from 'vitest';
import { readLive } from '../../../../../src/routing/live/readLive.ts';
import { type RouterInProcess, routerInProcess } from '../../../../support/routerInProcess.ts';

/** A router with as many jobs, the first of which have ended. */
function withJobs(count: number, ended: number): RouterInProcess {
  const world = routerInProcess();
  world.send('PATCH', '/routing/distributionPolicies/p', {
    offerExpiresAfterSeconds: 60,
    mode: { kind: 'roundRobin' },
  });
  world.send('PATCH', '/routing/queues/q', { distributionPolicyId: 'p' });
  for (let number = 0; number < count; number += 1) {
    world.send('PATCH', `/routing/jobs/job-${number}`, { channelId: 'voice', queueId: 'q' });
    if (number < ended) world.send('POST', `/routing/jobs/job-${number}:cancel`, {});
  }
  return world;
}

async function jobsRead({ jobRouter }: RouterInProcess, wanted: Parameters<typeof readLive>[1]) {
  const read = await readLive(jobRouter, wanted);
  if (read.kind === 'unread') throw new Error(read.subject);
  return { ids: new Set(read.live.resources.jobs.keys()), calls: read.live.calls };
}

describe('reading what a router holds', () => {
  it('follows every page', async () => {
    const { ids, calls } = await jobsRead(withJobs(250, 0), 'all');
    expect(ids.size).toBe(250);
    expect(calls).toBe(5 + 3);
  });

  it('finds open jobs whether they are active or only created', async () => {
    const world = withJobs(6, 2);
    const open = { open: true, ids: [] } as const;
    expect((await jobsRead(world, open)).ids.size).toBe(4);
    await world.clock.advance(1_000);
    expect((await jobsRead(world, open)).ids.size).toBe(4);
  });

  it('finds a few jobs by their ids, however many there are', async () => {
    const { ids, calls } = await jobsRead(withJobs(250, 250), {
      open: false,
      ids: ['job-0', 'job-249', 'none'],
    });
    expect(ids).toEqual(new Set(['job-0', 'job-249']));
    expect(calls).toBeLessThanOrEqual(5 + 6);
  });

  it('finds many jobs in the list', async () => {
    const ids = Array.from({ length: 200 }, (_, number) => `job-${number}`);
    const read = await jobsRead(withJobs(200, 200), { open: false, ids });
    expect(read.ids.size).toBe(200);
    expect(read.calls).toBe(5 + 2);
  });

  it('says what could not be read', async () => {
    const { jobRouter } = routerInProcess();
    const unavailable = { kind: 'unavailable', status: 503, message: 'later' } as const;
    const broken = {
      ...jobRouter,
      resources: (kind: Parameters<typeof jobRouter.resources>[0]) => ({
        ...jobRouter.resources(kind),
        ...(kind === 'queues' && { list: async () => unavailable }),
      }),
    };
    expect(await readLive(broken, 'all')).toEqual({ kind: 'unread', subject: 'queues', answer: unavailable });
  });
});
