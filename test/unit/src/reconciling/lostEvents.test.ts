import { describe, expect, it } from 'vitest';
import { automation } from '../../../../src/automation/rules.ts';
import type { LogLine } from '../../../../src/handling/logLine.ts';
import { idFrom, type WorkerId } from '../../../../src/jobRouter/ids.ts';
import { createReconciler } from '../../../../src/reconciling/reconcile.ts';
import { type LossyWorld, lossyWorld } from '../../../support/lossyWorld.ts';

const JOBS = 40;
const WORKERS = 4;

const everything = automation.parse({
  rules: [{ name: 'all', accept: 'auto', complete: 'onAccept', close: {}, delete: true }],
});
const kept = automation.parse({
  rules: [{ name: 'all', accept: 'auto', complete: 'onAccept', close: {} }],
});

/** A queue, and workers with room for every job at once. */
async function provision({ app: { router } }: LossyWorld): Promise<void> {
  await router.upsertDistributionPolicy(idFrom('policy'), {
    offerExpiresAfterSeconds: 600,
    mode: { kind: 'longestIdle', maxConcurrentOffers: 1 },
  });
  await router.upsertQueue(idFrom('queue'), { distributionPolicyId: 'policy' });
  for (let each = 0; each < WORKERS; each += 1) {
    await router.upsertWorker(workerId(each), {
      capacity: JOBS,
      queues: ['queue'],
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
      availableForOffers: true,
    });
  }
}

const workerId = (each: number) => idFrom<WorkerId>(`worker-${each}`);

async function submit({ app: { router } }: LossyWorld, count: number = JOBS): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    await router.upsertJob(idFrom(`job-${each}`), { channelId: 'voice', queueId: 'queue' });
  }
}

async function statuses({ app: { router } }: LossyWorld): Promise<string[]> {
  const page = await router.listJobs({});
  if (page.kind !== 'ok') throw new Error('The router must list its jobs');
  return page.value.items.map(({ id, status }) => `${id} ${status}`);
}

const timesTold = ({ suite }: LossyWorld, type: string) =>
  suite.eventGrid.events().filter((event) => event.type.endsWith(type)).length;

describe('the reconciler, where a tenth of all events is lost', () => {
  it.each(['march', 'april', 'may'])('ends every job within two runs (seed %s)', async (seed) => {
    await using world = await lossyWorld(seed, 0.1, everything);
    await provision(world);
    await submit(world);
    await world.goOn(31);
    expect((await statuses(world)).length).toBeGreaterThan(0);

    const reconciler = createReconciler();
    const lines: LogLine[] = [];
    for (let run = 0; run < 2; run += 1) {
      const summary = await reconciler.run({ app: world.app, log: (line) => lines.push(line) });
      expect(summary).not.toHaveProperty('stopped');
      await world.goOn(31);
    }

    expect(await statuses(world)).toEqual([]);
    expect(timesTold(world, 'RouterJobClosed')).toBe(JOBS);
    expect(lines.map(({ outcome }) => outcome)).not.toContain('parked');
    for (let each = 0; each < WORKERS; each += 1) {
      expect(await world.app.router.getWorker(workerId(each))).toHaveProperty('value.loadRatio', 0);
    }
  });

  it('follows a job to its end in one run, and spends a twentieth of the quota at most', async () => {
    const moreThanAPage = 110;
    await using world = await lossyWorld('june', 1, kept);
    await provision(world);
    await submit(world, moreThanAPage);
    await world.goOn(31);

    const before = world.app.clock.now().getTime();
    const summary = await createReconciler().run({ app: world.app, log: () => {} });
    const tenSeconds = Math.ceil((world.app.clock.now().getTime() - before) / 10_000);
    expect(new Set((await statuses(world)).map((line) => line.split(' ')[1]))).toEqual(new Set(['closed']));
    expect(summary).toMatchObject({ acted: moreThanAPage * 3, stuck: 0, unread: 0 });
    const housekeeping = world.attempts.filter(({ lane }) => lane === 'housekeeping');
    expect(housekeeping).toHaveLength(summary?.calls ?? 0);
    expect(housekeeping.length).toBeLessThanOrEqual(50 * (tenSeconds + 1));
  });
});

describe('the reconciler, back after every offer has expired', () => {
  const robots = automation.parse({
    rules: [{ name: 'all', accept: 'auto', complete: 'onAccept', close: {} }],
    automatedWorkers: [{ name: 'robots', workers: ['worker-0', 'worker-1'] }],
  });
  const available = async ({ app: { router } }: LossyWorld) => {
    const page = await router.listWorkers({ state: 'active' });
    return page.kind === 'ok' ? page.value.items.map(({ id }) => id).sort() : [];
  };

  it('has all automated workers back in one run, and others as they are', async () => {
    await using world = await lossyWorld('july', 1, robots);
    await provision(world);
    await submit(world);
    await world.goOn(700);
    expect(await available(world)).toEqual([]);

    await createReconciler().run({ app: world.app, log: () => {} });
    expect(await available(world)).toEqual(['worker-0', 'worker-1']);
  });
});
