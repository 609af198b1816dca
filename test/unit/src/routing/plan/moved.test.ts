import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../../../src/routing/model.ts';
import { whatMoved } from '../../../../../src/routing/plan/moved.ts';
import { readPlan } from '../../../../../src/routing/plan/planSchema.ts';
import { applyKeptPlan } from '../../../../../src/routing/routing.ts';
import { type RouterInProcess, routerInProcess } from '../../../../support/routerInProcess.ts';
import { apply, documentOf, planOf, ROUTER_HOST } from '../../../../support/routingWorld.ts';

const policy = { id: 'p', offerExpiresAfterSeconds: 60, mode: { kind: 'roundRobin' } };
const queue = { id: 'q', distributionPolicyId: 'p' };
const { document: before } = documentOf({ distributionPolicies: [policy], queues: [queue] });
const { document } = documentOf({
  distributionPolicies: [{ ...policy, offerExpiresAfterSeconds: 30 }],
  queues: [queue, { id: 'q2', distributionPolicyId: 'p' }],
});

let world: RouterInProcess;
let kept: Plan;

/** A plan that has been to a file and back. */
beforeEach(async () => {
  world = routerInProcess();
  await apply(world.jobRouter, before);
  const { plan } = await planOf(world.jobRouter, document);
  const read = readPlan(JSON.parse(JSON.stringify(plan)));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  kept = read.plan;
  await world.clock.advance(1_000);
});

const moved = async (written = document) => whatMoved(kept, (await planOf(world.jobRouter, written)).plan);

describe('a plan that was kept', () => {
  it('is still good for a router where nothing has happened', async () => {
    expect(await moved()).toEqual([]);
  });

  it('is still good where only workers, and what it has nothing to do with, have moved', async () => {
    world.send('PATCH', '/routing/workers/w', { capacity: 1, queues: ['q'], availableForOffers: true });
    world.send('PATCH', '/routing/queues/other', { distributionPolicyId: 'p' });
    expect(await moved()).toEqual([]);
  });

  it('is no good for a router where what it changes, or rests on, has changed, appeared or vanished', async () => {
    world.send('PATCH', '/routing/queues/q', { labels: { Region: 'EU' } });
    expect(await moved()).toEqual(['queues/q has changed since.']);
    world.send('PATCH', '/routing/queues/q2', { distributionPolicyId: 'p' });
    expect(await moved()).toContain('queues/q2 has appeared since.');
    world.send('DELETE', '/routing/queues/q');
    expect(await moved()).toContain('queues/q has vanished since.');
  });

  it('is no good for another document, owner or router', async () => {
    const other = { ...document, queues: [] };
    expect(await moved(other)).toEqual(['queues/q has vanished since.']);
    const edited = documentOf({
      ...document,
      distributionPolicies: [{ ...policy, offerExpiresAfterSeconds: 20 }],
    });
    expect(await moved(edited.document)).toEqual(['The plan for distributionPolicies/p is another one now.']);
    expect(await moved({ ...document, name: 'other' })).toEqual([expect.stringContaining('owner "routing"')]);
    const { plan } = await planOf(world.jobRouter, document);
    expect(whatMoved(kept, { ...plan, router: 'elsewhere' })).toEqual([expect.stringContaining('elsewhere')]);
  });
});

describe('carrying out a plan that was kept', () => {
  const read = documentOf({
    distributionPolicies: [{ ...policy, offerExpiresAfterSeconds: 30 }],
    queues: [queue, { id: 'q2', distributionPolicyId: 'p' }],
  });
  const applyKept = () => applyKeptPlan(world.jobRouter, read, kept, { router: ROUTER_HOST });

  it('does what was shown', async () => {
    expect(await applyKept()).toMatchObject({
      kind: 'applied',
      done: { created: ['queues/q2'], updated: ['distributionPolicies/p'] },
    });
  });

  it('does nothing on a router that has moved, and says why', async () => {
    world.send('PATCH', '/routing/distributionPolicies/p', { offerExpiresAfterSeconds: 45 });
    const from = world.requests.length;
    expect(await applyKept()).toEqual({
      kind: 'moved',
      moved: ['distributionPolicies/p has changed since.'],
    });
    expect(world.requests.slice(from).filter((request) => !request.startsWith('GET'))).toEqual([]);
  });
});

describe('reading a plan', () => {
  it.each([[{}], [[]], ['plan'], [{ format: 2 }]])('refuses what is none: %j', (value) => {
    expect(readPlan(value)).toEqual({
      problems: expect.arrayContaining([
        expect.objectContaining({ detail: expect.stringMatching(/^expected /) }),
      ]),
    });
  });
});
