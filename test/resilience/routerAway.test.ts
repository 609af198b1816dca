import { describe, expect, it } from 'vitest';
import { idFrom, type WorkerId } from '../../emulator/router/engine/ids.ts';
import {
  provisionQueue,
  registerWorker,
  simulatedWorld,
  submitJob,
  type World,
} from '../support/simulation/world.ts';

const JOBS = 200;
const workerIds = Array.from({ length: 10 }, (_, index) => `worker-${index + 1}`);
const QUOTA = 100;
const HOURS = 24;

const rules = {
  rules: [{ name: 'all', accept: 'auto', complete: 'onAccept', close: {}, delete: true }],
  automatedWorkers: [{ name: 'machines', workerLabels: { Machine: true } }],
};

describe('a router that is away for a day', () => {
  it('has every job ended once it is back, and is never asked more than it allows', async () => {
    const world = await simulatedWorld({ rules, quota: QUOTA });
    await provisionQueue(world);
    for (const id of workerIds) await registerWorker(world, id, { capacity: 3 });
    world.reconcileByTimer();
    world.broken.router = true;
    for (let each = 0; each < JOBS; each += 1) {
      await submitJob(world, `job-${each}`);
      await world.time.pass(10);
    }
    await world.time.pass(HOURS * 3600);
    expect(ended(world)).toBe(0);

    world.broken.router = false;
    await world.time.pass(1800);

    expect(ended(world)).toBe(JOBS);
    expect(world.router.read.jobs()).toEqual([]);
    for (const id of workerIds) {
      expect(world.router.read.worker(idFrom<WorkerId>(id))).toMatchObject({ loadRatio: 0, state: 'active' });
    }
    expect(mostIn10Seconds(world.requestedAt)).toBeLessThanOrEqual(QUOTA);
  });
});

const ended = ({ eventGrid }: World): number =>
  eventGrid.events().filter(({ type }) => type.endsWith('RouterJobClosed')).length;

function mostIn10Seconds(instants: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [last, now] of instants.entries()) {
    while ((instants[first] ?? now) <= now - 10_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
