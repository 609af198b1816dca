import { describe, expect, it } from 'vitest';
import { documentOf, keptPlan, planIn } from '../../../../cli/routing/keptPlan.ts';
import { CommandFailed, type Failure } from '../../../../cli/terminal/commandFailed.ts';
import type { Plan } from '../../../../src/routing/model.ts';

function thrownBy(act: () => unknown): Failure | undefined {
  try {
    act();
  } catch (problem) {
    if (problem instanceof CommandFailed) return problem.failure;
    throw problem;
  }
  return undefined;
}

const plan: Plan = {
  format: 1,
  router: 'here',
  owner: 'support',
  levels: [],
  unchanged: [],
  untouched: 0,
  refusals: [],
  consequences: [],
  notices: [],
  calls: 0,
  etags: {},
};

describe('a plan that is kept', () => {
  it('remembers where its document is, from its own folder', () => {
    const text = keptPlan(plan, 'routing/support.yaml', 'out/plan.json');
    const kept = planIn(text, 'out/plan.json');
    expect(kept).toEqual({ ...plan, document: '../routing/support.yaml' });
    expect(kept && documentOf(kept, 'out/plan.json')).toBe(`${process.cwd()}/routing/support.yaml`);
  });

  it('asks for its document where that came from standard input', () => {
    const kept = planIn(keptPlan(plan, '-', 'plan.json'), 'plan.json');
    expect(() => kept && documentOf(kept, 'plan.json')).toThrow('does not say where its document is');
  });

  it.each(['{"queues":[]}', 'queues: []', '[]', 'null', '{'])(
    'is not mistaken for a document: %s',
    (text) => {
      expect(planIn(text, 'routing.json')).toBeUndefined();
    },
  );

  it('is refused where it was altered', () => {
    const altered = keptPlan(plan, 'a.json', 'plan.json').replace('"format": 1', '"format": 2');
    expect(() => planIn(altered, 'plan.json')).toThrow('plan.json is no plan that can be carried out');
  });

  it('is told of with every place that is wrong, what was expected and what is there', () => {
    const broken = JSON.stringify({ ...plan, owner: 7, calls: 'many' });
    expect(thrownBy(() => planIn(broken, 'plan.json'))).toMatchObject({
      fix: 'make it again with plan --out',
      faults: [
        { place: 'plan.json  owner', detail: expect.stringMatching(/^expected .*; found 7$/) },
        { place: 'plan.json  calls', detail: expect.stringMatching(/^expected .*; found "many"$/) },
      ],
    });
  });
});
