import { describe, expect, it } from 'vitest';
import { exportFrom, planDocument } from '../../../../src/routing/routing.ts';
import { type RouterInProcess, routerInProcess } from '../../../support/routerInProcess.ts';
import { apply, documentOf, ROUTER_HOST } from '../../../support/routingWorld.ts';

const rule = {
  kind: 'function',
  functionUri: 'https://f.example/api/priority?code=query-secret',
  credential: { functionKey: 'key-secret' },
};

async function exported({ jobRouter }: RouterInProcess, options: Parameters<typeof exportFrom>[1] = {}) {
  const result = await exportFrom(jobRouter, options);
  if (result.kind === 'unread') throw new Error(result.subject);
  return result.exported;
}

describe('exporting', () => {
  it('names the variable for every secret, and plans to no change where they are set', async () => {
    const world = routerInProcess();
    world.send('PATCH', '/routing/classificationPolicies/by-value', { prioritizationRule: rule });
    const { document, placeholders } = await exported(world);
    expect(document.classificationPolicies).toEqual([
      {
        id: 'by-value',
        prioritizationRule: {
          kind: 'function',
          functionUri: `https://f.example/api/priority?\${env:BY_VALUE_FUNCTION_URI}`,
          credential: { functionKey: `\${env:BY_VALUE_FUNCTION_KEY}` },
        },
        queueSelectorAttachments: [],
        workerSelectorAttachments: [],
      },
    ]);
    expect(placeholders.map(({ variable }) => variable)).toEqual([
      'BY_VALUE_FUNCTION_URI',
      'BY_VALUE_FUNCTION_KEY',
    ]);
    const environment = { BY_VALUE_FUNCTION_URI: 'code=query-secret', BY_VALUE_FUNCTION_KEY: 'key-secret' };
    expect(
      await planDocument(world.jobRouter, documentOf(document, environment), { router: ROUTER_HOST }),
    ).toMatchObject({ planned: { plan: { levels: [] } } });
  });

  it('can be of one owner, under its name, and leaves the marks out', async () => {
    const world = routerInProcess();
    const policy = { id: 'p', offerExpiresAfterSeconds: 60, mode: { kind: 'roundRobin' } };
    await apply(world.jobRouter, documentOf({ name: 'team', distributionPolicies: [policy] }).document);
    world.send('PATCH', '/routing/queues/by-hand', { distributionPolicyId: 'p' });
    const { document } = await exported(world, { owner: 'team' });
    expect(document).toMatchObject({ name: 'team', distributionPolicies: [policy] });
    expect(document.queues).toBeUndefined();
    expect(JSON.stringify(await exported(world))).not.toMatch(/managed|ManagedBy/);
  });

  it('writes a text down that looks like a placeholder so that it reads as itself', async () => {
    const world = routerInProcess();
    world.send('PATCH', '/routing/distributionPolicies/p', {
      name: `costs \${env:MONEY}`,
      offerExpiresAfterSeconds: 60,
      mode: { kind: 'roundRobin' },
    });
    const { document } = await exported(world);
    expect(documentOf(document).document.distributionPolicies[0]?.name).toBe(`costs \${env:MONEY}`);
  });

  it('has jobs only where asked for, and those that are open', async () => {
    const world = routerInProcess();
    world.send('PATCH', '/routing/distributionPolicies/p', {
      offerExpiresAfterSeconds: 60,
      mode: { kind: 'roundRobin' },
    });
    world.send('PATCH', '/routing/queues/q', { distributionPolicyId: 'p' });
    for (const id of ['open', 'ended'])
      world.send('PATCH', `/routing/jobs/${id}`, { channelId: 'voice', queueId: 'q' });
    world.send('POST', '/routing/jobs/ended:cancel', {});
    expect((await exported(world)).document.jobs).toBeUndefined();
    expect((await exported(world, { withJobs: true })).document.jobs).toMatchObject([{ id: 'open' }]);
  });
});
