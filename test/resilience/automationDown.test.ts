import { describe, expect, it } from 'vitest';
import { type WorkerId as EmulatorWorkerId, idFrom as emulatorId } from '../../emulator/router/engine/ids.ts';
import { idFrom, type WorkerId } from '../../src/jobRouter/ids.ts';
import {
  provisionQueue,
  registerWorker,
  simulatedWorld,
  submitJob,
  type World,
} from '../support/simulation/world.ts';

const MACHINES = ['machine-1', 'machine-2', 'machine-3', 'machine-4', 'machine-5'];
const PERSON = 'person';
const ON_LEAVE = 'machine-on-leave';

const rules = {
  rules: [{ name: 'all', accept: 'auto', complete: 'onAccept', close: {}, delete: true }],
  automatedWorkers: [{ name: 'machines', workerLabels: { Machine: true } }],
};

const signOff = ({ outside }: World, id: string) =>
  outside.upsertWorker(idFrom<WorkerId>(id), { availableForOffers: false });

const stateOf = ({ router }: World, id: string) =>
  router.read.worker(emulatorId<EmulatorWorkerId>(id))?.state;

const states = (world: World, ids: readonly string[]) => ids.map((id) => stateOf(world, id));

/** A person and a machine go off duty by themselves; then the app goes down until the offers of all others have expired. */
async function worldAfterDowntime(): Promise<World> {
  const world = await simulatedWorld({ rules });
  await provisionQueue(world);
  world.reconcileByTimer();
  for (const id of [...MACHINES, ON_LEAVE]) await registerWorker(world, id);
  await registerWorker(world, PERSON, { isMachine: false });
  await world.time.pass(1);
  await signOff(world, PERSON);
  await signOff(world, ON_LEAVE);
  await world.time.pass(5);

  world.broken.app = true;
  // Each worker is offered a job at another time, so that Event Grid comes again for each at another time.
  for (const [index] of MACHINES.entries()) {
    await submitJob(world, `job-${index}`);
    await world.time.pass(150);
  }
  await world.time.pass(1800);
  return world;
}

describe('automation that was down until every worker was off duty', () => {
  it('has its workers back within a minute of its return, and leaves everybody else alone', async () => {
    const world = await worldAfterDowntime();
    expect(states(world, [...MACHINES, ON_LEAVE, PERSON])).toEqual(Array(7).fill('inactive'));

    world.broken.app = false;
    await world.time.pass(60);

    expect(states(world, MACHINES)).toEqual(Array(5).fill('active'));
    expect(states(world, [ON_LEAVE, PERSON])).toEqual(['inactive', 'inactive']);
  });

  it('keeps them on duty when the events of the downtime come at last, and ends every job', async () => {
    const world = await worldAfterDowntime();
    world.broken.app = false;
    await world.time.pass(4 * 3600);

    expect(states(world, MACHINES)).toEqual(Array(5).fill('active'));
    expect(states(world, [ON_LEAVE, PERSON])).toEqual(['inactive', 'inactive']);
    expect(world.router.read.jobs()).toEqual([]);
  });

  it('lets a machine go again that signed off while nobody listened, once its event tells so', async () => {
    const world = await simulatedWorld({ rules });
    await provisionQueue(world);
    world.reconcileByTimer();
    await registerWorker(world, 'machine-1');
    await world.time.pass(1);
    world.broken.app = true;
    await signOff(world, 'machine-1');
    await world.time.pass(600);

    world.broken.app = false;
    await world.time.pass(3600);
    expect(stateOf(world, 'machine-1')).toBe('inactive');
  });
});
