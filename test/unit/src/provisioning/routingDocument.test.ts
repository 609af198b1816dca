import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readRoutingDocument } from '../../../../src/provisioning/routingDocument.ts';

const policy = { id: 'p', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } };

const problemsOf = (input: unknown) => {
  const read = readRoutingDocument(input);
  return read.kind === 'invalid' ? read.problems : [];
};

describe('a routing document', () => {
  it('is what routing.json holds', async () => {
    const input: unknown = JSON.parse(await readFile('routing.json', 'utf8'));
    const read = readRoutingDocument(input);
    expect(read).toMatchObject({ kind: 'read', document: { queues: [{ id: 'queue-1' }], jobs: [] } });
  });

  it.each(['longestIdle', 'longest-idle', 'round-robin', 'best-worker'])(
    'may spell a mode as published samples do: %s',
    (kind) => {
      const read = readRoutingDocument({ distributionPolicies: [{ ...policy, mode: { kind } }] });
      expect(read).toMatchObject({
        document: { distributionPolicies: [{ mode: { kind: expect.stringMatching(/^[a-zA-Z]+$/) } }] },
      });
    },
  );

  it('is told everything that is wrong with it at once, each with its place, value and expectation', () => {
    const problems = problemsOf({
      distributionPolicies: [{ ...policy, mode: { kind: 'fastest' } }],
      queues: [{ id: 'a:b', distributionPolicyId: 'p', lables: {} }],
      workers: [{ id: 'w', capacity: '1', labels: { 'a/b': [1] } }],
      jobs: [{ id: 'j', queueId: 'q' }],
    });
    expect(problems).toEqual([
      {
        pointer: '/distributionPolicies/0/mode/kind',
        detail: expect.stringMatching(/longestIdle.*"fastest"/),
      },
      { pointer: '/queues/0/id', detail: expect.stringMatching(/without a colon.*"a:b"/) },
      { pointer: '/queues/0/lables', detail: expect.stringContaining('not a member') },
      { pointer: '/workers/0/capacity', detail: expect.stringMatching(/number.*"1"/) },
      { pointer: '/workers/0/labels/a~1b', detail: expect.stringMatching(/a number or a boolean.*\[1\]/) },
      { pointer: '/jobs/0/channelId', detail: expect.stringMatching(/string.*nothing is there/) },
    ]);
  });

  it('declares an id once per kind, while kinds may share ids', () => {
    const queue = { id: 'p', distributionPolicyId: 'p' };
    expect(problemsOf({ distributionPolicies: [policy], queues: [queue] })).toEqual([]);
    expect(problemsOf({ distributionPolicies: [policy, policy], queues: [queue, queue] })).toEqual([
      { pointer: '/distributionPolicies/1/id', detail: expect.stringContaining('"p"') },
      { pointer: '/queues/1/id', detail: expect.stringContaining('"p"') },
    ]);
  });

  it.each([[undefined], [null], [[]], ['text'], [7]])('is an object, and %j is none', (input) => {
    expect(problemsOf(input)).toMatchObject([{ pointer: '' }]);
  });
});
