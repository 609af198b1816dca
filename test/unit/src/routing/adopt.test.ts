import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../../src/routing/apply/applyPlan.ts';
import { isEmpty } from '../../../../src/routing/model.ts';
import { applyDocument, planAdoptionOf, planDestructionOf } from '../../../../src/routing/routing.ts';
import { type RouterInProcess, routerInProcess } from '../../../support/routerInProcess.ts';
import { documentOf, liveOf, planOf, ROUTER_HOST } from '../../../support/routingWorld.ts';

const options = { router: ROUTER_HOST };
const written = {
  distributionPolicies: [
    { id: 'p', name: 'Policy', offerExpiresAfterSeconds: 60, mode: { kind: 'roundRobin' } },
  ],
  queues: [{ id: 'q', distributionPolicyId: 'p', labels: { Region: 'EU' } }],
  workers: [{ id: 'w', capacity: 1, queues: ['q'], tags: { Site: 'HQ' } }],
};
const { document } = documentOf(written);
const everything = ['distributionPolicies/p', 'queues/q', 'workers/w'];

/** A router that somebody has filled by hand. */
function filledByHand(): RouterInProcess {
  const world = routerInProcess();
  for (const [kind, [resource]] of Object.entries(written)) {
    const { id, ...content } = { id: '', ...resource };
    world.send('PATCH', `/routing/${kind}/${id}`, content);
  }
  return world;
}

async function adopt(world: RouterInProcess, more: object = {}) {
  const planning = await planAdoptionOf(world.jobRouter, document, { ...options, ...more });
  if (planning.kind !== 'planned') throw new Error(planning.kind);
  return {
    plan: planning.planned.plan,
    result: await applyPlan(planning.planned, { router: world.jobRouter }),
  };
}

describe('adopting', () => {
  it('marks what exists as the document’s own, and changes nothing else', async () => {
    const world = filledByHand();
    expect((await planOf(world.jobRouter, document)).plan.levels).toEqual([]);
    expect((await adopt(world)).result).toMatchObject({ done: { adopted: everything } });
    expect((await planOf(world.jobRouter, document)).plan.levels).toEqual([]);
    const { resources } = await liveOf(world.jobRouter);
    expect(resources.workers.get('w')).toMatchObject({ owner: 'routing', content: { tags: { Site: 'HQ' } } });
    expect(resources.distributionPolicies.get('p')).toMatchObject({
      owner: 'routing',
      content: { name: 'Policy' },
    });
  });

  it('is done once', async () => {
    const world = filledByHand();
    await adopt(world);
    const { plan } = await adopt(world);
    expect(isEmpty(plan)).toBe(true);
    expect(plan.unchanged).toEqual(everything);
  });

  it('leaves other owners what is theirs, unless it is to take over', async () => {
    const world = filledByHand();
    world.send('PATCH', '/routing/queues/q', { labels: { ManagedBy: 'other' } });
    const { plan } = await adopt(world);
    expect(plan.notices).toEqual([{ kind: 'queues', id: 'q', detail: 'belongs to "other" and stays so' }]);
    expect((await adopt(world, { takesOver: true })).result).toMatchObject({
      done: { adopted: ['queues/q'] },
    });
  });

  it('can be of everything there is, for another owner', async () => {
    const world = filledByHand();
    const planning = await planAdoptionOf(world.jobRouter, 'everything', { ...options, owner: 'team' });
    expect(planning).toMatchObject({ planned: { plan: { owner: 'team', calls: 3 } } });
  });

  it('marks what has moved since it was planned, under its new name', async () => {
    const world = filledByHand();
    const planning = await planAdoptionOf(world.jobRouter, document, options);
    await world.clock.advance(1_000);
    world.send('PATCH', '/routing/distributionPolicies/p', { name: 'Renamed' });
    if (planning.kind === 'planned') await applyPlan(planning.planned, { router: world.jobRouter });
    expect((await liveOf(world.jobRouter)).resources.distributionPolicies.get('p')).toMatchObject({
      owner: 'routing',
      content: { name: 'Renamed' },
    });
  });
});

describe('destroying', () => {
  it('takes down what the document made, its open jobs first, and nothing that was there before', async () => {
    const world = filledByHand();
    const withJob = documentOf({
      queues: [{ id: 'q2', distributionPolicyId: 'p' }],
      jobs: [{ id: 'j', channelId: 'voice', queueId: 'q2' }],
    });
    await applyDocument(world.jobRouter, withJob, options);
    const planning = await planDestructionOf(world.jobRouter, options);
    if (planning.kind !== 'planned') throw new Error(planning.kind);
    expect(await applyPlan(planning.planned, { router: world.jobRouter })).toMatchObject({
      done: { deleted: ['jobs/j', 'queues/q2'] },
      refusals: [],
    });
    const { resources } = await liveOf(world.jobRouter);
    expect([...resources.queues.keys(), ...resources.workers.keys()]).toEqual(['q', 'w']);
  });
});
