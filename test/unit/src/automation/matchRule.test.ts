import { describe, expect, it } from 'vitest';
import type { JobTraits } from '../../../../src/automation/jobTraits.ts';
import { matchRule, traitsToMatch } from '../../../../src/automation/matchRule.ts';
import { type AutomationRule, automationRule } from '../../../../src/automation/rules.ts';

const rule = (name: string, when: AutomationRule['when'] = {}) => automationRule.parse({ name, when });
const traits: JobTraits = {
  channel: 'voice',
  queue: 'queue-1',
  priority: 5,
  jobLabels: { vip: true, amount: 10.1, team: null },
  workerLabels: { 'Some-Skill': 11, language: 'en' },
};

describe('a condition', () => {
  const chosen = (when: AutomationRule['when']) => matchRule([rule('it', when)], traits)?.name;

  it.each<[AutomationRule['when']]>([
    [{}],
    [{ channel: 'voice' }],
    [{ channel: ['chat', 'voice'] }],
    [{ priority: 5 }],
    [{ priority: { min: 5 } }],
    [{ priority: { max: 5 } }],
    [{ jobLabels: { vip: true } }],
    [{ jobLabels: { amount: 10.1 } }],
    [{ workerLabels: { 'Some-Skill': 11 } }],
  ])('%j is met', (when) => {
    expect(chosen(when)).toBe('it');
  });

  it.each<[AutomationRule['when']]>([
    [{ channel: 'chat' }],
    [{ channel: 'Voice' }],
    [{ queue: ['queue-2', 'queue-3'] }],
    [{ priority: 4 }],
    [{ priority: { min: 6 } }],
    [{ priority: { min: 1, max: 4 } }],
    [{ jobLabels: { vip: 'true' } }],
    [{ jobLabels: { vip: false } }],
    [{ jobLabels: { toString: 'x' } }],
    [{ workerLabels: { 'Some-Skill': '11' } }],
    [{ workerLabels: { 'some-skill': 11 } }],
    [{ workerLabels: { 'Some-Skill': 11, language: 'de' } }],
    [{ channel: 'voice', priority: { min: 9 } }],
  ])('%j is not met', (when) => {
    expect(chosen(when)).toBeUndefined();
  });
});

describe('choosing a rule', () => {
  it('takes the first that matches', () => {
    const rules = [rule('chat', { channel: 'chat' }), rule('first'), rule('second')];
    expect(matchRule(rules, traits)?.name).toBe('first');
  });

  it('takes none where none matches', () => {
    expect(matchRule([rule('chat', { channel: 'chat' })], traits)).toBeUndefined();
  });

  it('takes no rule whose condition nobody can tell', () => {
    expect(
      matchRule([rule('urgent', { priority: { min: 1 } }), rule('rest')], { channel: 'voice' })?.name,
    ).toBe('rest');
  });
});

describe('the traits still missing', () => {
  const told: JobTraits = { channel: 'voice', queue: 'queue-1', jobLabels: {} };

  it.each<[string, AutomationRule[], string[]]>([
    ['nothing, without rules', [], []],
    ['nothing, where no rule looks at what is unknown', [rule('a', { channel: 'voice' })], []],
    ['what the first rule looks at', [rule('a', { priority: 1 })], ['priority']],
    ['nothing for a rule already ruled out', [rule('a', { channel: 'chat', priority: 1 })], []],
    ['nothing after a rule that matches for certain', [rule('a'), rule('b', { priority: 1 })], []],
    [
      'what every rule before the certain one looks at',
      [
        rule('a', { priority: 1 }),
        rule('b', { workerLabels: { x: 1 } }),
        rule('c'),
        rule('d', { queue: 'q' }),
      ],
      ['priority', 'workerLabels'],
    ],
  ])('are %s', (_what, rules, missing) => {
    expect([...traitsToMatch(rules, told)]).toEqual(missing);
  });
});
