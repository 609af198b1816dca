import { describe, expect, it } from 'vitest';
import { keepingMark, marked, unmarked, withoutMark } from '../../../../src/routing/ownership.ts';

describe('the mark of an owner', () => {
  it.each([
    ['queues', { labels: { Region: 'EU' } }],
    ['workers', { tags: { Site: 'HQ' }, labels: { Skill: 1 } }],
    ['jobs', { tags: {} }],
    ['distributionPolicies', { name: 'Policy' }],
    ['classificationPolicies', { name: '' }],
    ['exceptionPolicies', {}],
    ['exceptionPolicies', { name: 'ends [managed by] me' }],
  ] as const)('comes off as it went on: %s %j', (kind, content) => {
    expect(unmarked(kind, marked(kind, content, 'team-1'))).toEqual({ owner: 'team-1', content });
  });

  it('is none where nobody has put one', () => {
    expect(unmarked('distributionPolicies', { name: 'Policy' }).owner).toBeUndefined();
    expect(unmarked('queues', { labels: { ManagedBy: 7 } })).toEqual({
      owner: undefined,
      content: { labels: { ManagedBy: 7 } },
    });
  });

  it('stays on a policy that gets another name, and goes with a patch that has none', () => {
    expect(keepingMark('distributionPolicies', { name: 'New' }, 'team')).toEqual({
      name: 'New [managed by team]',
    });
    expect(keepingMark('distributionPolicies', { name: null }, 'team')).toEqual({
      name: '[managed by team]',
    });
    expect(keepingMark('queues', { labels: { a: 1 } }, 'team')).toEqual({ labels: { a: 1 } });
  });

  it('is not a document’s to declare', () => {
    expect(withoutMark('queues', { labels: { a: 1, ManagedBy: 'me' } })).toEqual({ labels: { a: 1 } });
    expect(withoutMark('workers', { tags: { ManagedBy: null } })).toEqual({ tags: {} });
    expect(withoutMark('exceptionPolicies', { name: 'A [managed by me]' })).toEqual({ name: 'A' });
  });
});
