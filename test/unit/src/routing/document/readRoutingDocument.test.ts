// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of documents look like those of JavaScript
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRoutingDocument } from '../../../../../src/routing/document/readRoutingDocument.ts';
import { routingDocuments } from '../../../../support/routingDocuments.ts';

const policy = { id: 'p', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } };
const functionRule = { kind: 'function', functionUri: 'https://f.example/api/score' };

const problemsOf = (input: unknown, environment = {}) => {
  const read = readRoutingDocument(input, { environment });
  return read.kind === 'invalid' ? read.problems : [];
};

describe('a routing document', () => {
  it('is what routing.json holds', async () => {
    const read = readRoutingDocument(await readFile('routing.json', 'utf8'));
    expect(read).toMatchObject({
      kind: 'read',
      document: { name: 'routing', queues: [{ id: 'queue-1' }], jobs: [] },
    });
  });

  it('is read the same from JSON, from YAML and as data, whatever it declares', () => {
    fc.assert(
      fc.property(routingDocuments(), (written) => {
        const read = readRoutingDocument(written);
        expect(read.kind === 'invalid' ? read.problems : []).toEqual([]);
        const { document } = { document: undefined, ...read };
        expect(readRoutingDocument(JSON.stringify(written))).toMatchObject({ document });
        expect(readRoutingDocument(JSON.stringify(written), { format: 'yaml' })).toMatchObject({ document });
      }),
      { seed: 20_260_302, numRuns: 50 },
    );
  });

  it.each([
    ['longest-idle', { ...policy, mode: { kind: 'longest-idle' } }, 'longestIdle'],
    [
      'best-worker',
      { ...policy, mode: { kind: 'best-worker', scoringRule: { kind: 'static-rule', value: 1 } } },
      'bestWorker',
    ],
    [
      'azure-function-rule',
      {
        ...policy,
        mode: { kind: 'bestWorker', scoringRule: { ...functionRule, kind: 'azure-function-rule' } },
      },
      'bestWorker',
    ],
  ])('may spell kinds as published samples do, and has them in today’s: %s', (_old, written, kind) => {
    const read = readRoutingDocument({ distributionPolicies: [written] });
    expect(read).toMatchObject({ document: { distributionPolicies: [{ mode: { kind } }] } });
    expect(JSON.stringify(read.kind === 'read' && read.document)).not.toMatch(/"kind":"[a-z]+-/);
  });

  it('is told everything that is wrong with it at once: path, value and what was expected', () => {
    const problems = problemsOf({
      distributionPolicies: [{ ...policy, mode: { kind: 'fastest' } }],
      classificationPolicies: [
        { id: 'c', prioritizationRule: { kind: 'function', functionUri: 'f.example' } },
      ],
      queues: [{ id: 'a:b', distributionPolicyId: 'p', lables: {} }],
      workers: [
        {
          id: 'w',
          capacity: '1',
          labels: { 'a/b': [1] },
          channels: [{ channelId: 'c', capacityCostPerJob: 1, maxNumberOfJobs: 0 }],
        },
      ],
      jobs: [{ id: 'j', priority: 101 }],
      automation: { rules: [{ name: 'r', when: { channel: 7 } }] },
    });
    expect(problems.map(({ path, value, expected }) => [path, value, expected])).toEqual([
      [
        'distributionPolicies[0].mode.kind',
        '"fastest"',
        'expected one of "longestIdle", "roundRobin", "bestWorker"',
      ],
      [
        'classificationPolicies[0].prioritizationRule.functionUri',
        '"f.example"',
        expect.stringContaining('https://'),
      ],
      ['queues[0].id', '"a:b"', expect.stringContaining('without a colon')],
      ['queues[0].lables', '{}', expect.stringContaining('not a member')],
      ['workers[0].capacity', '"1"', 'expected a number'],
      ['workers[0].labels.a/b', '[1]', 'expected a string, a number or a boolean'],
      ['workers[0].channels[0].maxNumberOfJobs', '0', 'expected a number of at least 1'],
      ['jobs[0].channelId', undefined, 'expected a string'],
      ['jobs[0].priority', '101', 'expected a number of at most 100'],
      ['jobs[0]', expect.any(String), 'expected queueId, classificationPolicyId or both'],
      ['automation.rules[0].when.channel', '7', 'expected an id, or a list of ids'],
    ]);
    expect(problems[3]).toMatchObject({
      pointer: '/queues/0/lables',
      detail: expect.stringMatching(/not a member.*found \{\}/),
    });
  });

  it('tells line and column of each, in the order of the text', () => {
    const text = `
queues:
  - id: q
    distributionPolicyId: 7
    colour: red # nobody asked
workers: []
distributionPolicies: [{ id: p }]
`;
    expect(problemsOf(text).map(({ path, line, column }) => [path, line, column])).toEqual([
      ['queues[0].distributionPolicyId', 4, 5],
      ['queues[0].colour', 5, 5],
      ['distributionPolicies[0].offerExpiresAfterSeconds', 7, 24],
      ['distributionPolicies[0].mode', 7, 24],
    ]);
  });

  it('that is no data is told as that, and nothing of it is shown', () => {
    expect(problemsOf('{"queues": [}')).toEqual([
      {
        pointer: '',
        path: '',
        expected: 'expected JSON: a value',
        detail: 'expected JSON: a value',
        line: 1,
        column: 13,
      },
    ]);
  });

  it('declares an id once per kind and a rule once per policy, while kinds may share ids', () => {
    const queue = { id: 'p', distributionPolicyId: 'p' };
    const rule = { id: 'r', trigger: { kind: 'waitTime', thresholdSeconds: 1 }, actions: [] };
    expect(problemsOf({ distributionPolicies: [policy], queues: [queue] })).toEqual([]);
    const problems = problemsOf({
      distributionPolicies: [policy, { id: 'p' }],
      exceptionPolicies: [{ id: 'e', exceptionRules: [rule, rule] }],
      queues: [queue, queue],
    });
    expect(problems.filter(({ expected }) => expected.includes('already')).map(({ path }) => path)).toEqual([
      'distributionPolicies[1].id',
      'queues[1].id',
      'exceptionPolicies[0].exceptionRules[1].id',
    ]);
  });

  it('names each queue of a worker once, as the router keeps them', () => {
    const worker = { id: 'w', capacity: 1, queues: ['q', 'r', 'q'] };
    expect(problemsOf({ workers: [worker] })).toMatchObject([
      { path: 'workers[0].queues[2]', value: '"q"', expected: 'expected each queue once' },
    ]);
  });

  it('is told rules of one name beside what else is wrong with them', () => {
    const rules = [{ name: 'r', accept: 'maybe' }, { name: 'r' }];
    expect(problemsOf({ automation: { rules } }).map(({ path }) => path)).toEqual([
      'automation.rules[0].accept',
      'automation.rules[1].name',
    ]);
  });

  it('has an owner whose name can stand in a label, a tag and a name', () => {
    expect(readRoutingDocument({ name: 'team-a.voice' })).toMatchObject({
      document: { name: 'team-a.voice' },
    });
    for (const name of ['', 'a b', 'a]', '-a', 'x'.repeat(65)]) {
      expect(problemsOf({ name })).toMatchObject([{ path: 'name' }]);
    }
  });

  it('of nothing but mistakes is told the first thousand', () => {
    const problems = problemsOf({ queues: Array(2_000).fill(7) });
    expect(problems).toHaveLength(1_001);
    expect(problems.at(-1)).toMatchObject({
      path: '',
      expected: 'expected less: 1000 more things are wrong',
    });
  });

  it.each([[undefined], [null], [[]], ['text'], [7]])('is an object, and %j is none', (input) => {
    expect(problemsOf(input)).toMatchObject([{ pointer: '', expected: 'expected an object' }]);
  });
});

describe('secrets of a document', () => {
  const environment = { SCORER: 'https://f.example/api?code=geheim1', KEY: 'geheim2' };
  const scored = (rule: object) => ({
    distributionPolicies: [{ ...policy, mode: { kind: 'bestWorker', scoringRule: rule } }],
  });

  it('come from the environment, and are handed over beside it', () => {
    const rule = {
      kind: 'function',
      functionUri: '${env:SCORER}',
      credential: { functionKey: '${env:KEY}' },
    };
    expect(readRoutingDocument(scored(rule), { environment })).toMatchObject({
      document: scored({
        kind: 'function',
        functionUri: environment.SCORER,
        credential: { functionKey: environment.KEY },
      }),
      secrets: [environment.SCORER, environment.KEY],
    });
  });

  it('are not taken from anything but the environment that was given', () => {
    const problems = problemsOf(scored({ kind: 'function', functionUri: '${env:PATH}' }));
    expect(problems).toMatchObject([
      {
        path: 'distributionPolicies[0].mode.scoringRule.functionUri',
        value: '"${env:PATH}"',
        expected: expect.stringContaining('PATH'),
      },
    ]);
  });

  it('are shown in no problem, whether they were written out or not', () => {
    const rule = {
      kind: 'function',
      functionUri: 'https://f.example/api?code=geheim3',
      credential: { functionKey: '${env:KEY}', appKey: 'geheim4', functionkey: 'geheim6' },
      more: { clientSecret: 'geheim5', appKey: '${env:NOBODY:-geheim7}' },
    };
    const document = { ...scored(rule), queues: rule, jobs: [rule] };
    const problems = problemsOf(document, environment);
    expect(problems.length).toBeGreaterThan(4);
    expect(JSON.stringify(problems)).not.toContain('geheim');
  });
});
