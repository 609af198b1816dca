import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dottedPath } from '../../../../../src/input/inputProblems.ts';
import { checkDocument } from '../../../../../src/routing/checks/checkDocument.ts';
import { readRoutingDocument } from '../../../../../src/routing/document/readRoutingDocument.ts';
import type { Content, Kind, Live, LiveResource } from '../../../../../src/routing/model.ts';
import { routingDocuments } from '../../../../support/routingDocuments.ts';

/** A router that holds these resources; by kind, with their ids. */
function holding(resources: Partial<Record<Kind, readonly (Content & { id: string })[]>>): Live {
  const of = (kind: Kind): ReadonlyMap<string, LiveResource> =>
    new Map(
      (resources[kind] ?? []).map(({ id, ...content }) => [
        id,
        { kind, id, content, etag: '', owner: undefined },
      ]),
    );
  return {
    resources: {
      distributionPolicies: of('distributionPolicies'),
      classificationPolicies: of('classificationPolicies'),
      exceptionPolicies: of('exceptionPolicies'),
      queues: of('queues'),
      workers: of('workers'),
      jobs: of('jobs'),
    },
    unread: 0,
    calls: 0,
  };
}

const nothing = holding({});

function check(text: string, live?: Live) {
  const read = readRoutingDocument(text);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  const { problems, warnings } = checkDocument(read.document, live);
  const told = ({ path, expected }: (typeof problems)[number]) => `${dottedPath(path)}: ${expected}`;
  return { problems: problems.map(told), warnings: warnings.map(told) };
}

const base = `
distributionPolicies:
  - { id: p, offerExpiresAfterSeconds: 60, mode: { kind: longestIdle } }
  - { id: any, offerExpiresAfterSeconds: 60, mode: { kind: longestIdle, bypassSelectors: true } }
`;

describe('references', () => {
  const document = `
distributionPolicies: [{ id: p, offerExpiresAfterSeconds: 60, mode: { kind: longestIdle } }]
classificationPolicies: [{ id: c, fallbackQueueId: lost }]
exceptionPolicies:
  - id: e
    exceptionRules:
      - id: r
        trigger: { kind: queueLength, threshold: 1 }
        actions: [{ kind: reclassify, classificationPolicyId: lost }, { kind: manualReclassify, queueId: lost }]
queues: [{ id: q, distributionPolicyId: lost, exceptionPolicyId: lost }]
workers: [{ id: w, capacity: 1, queues: [q, lost], channels: [{ channelId: voice, capacityCostPerJob: 1 }] }]
jobs: [{ id: j, channelId: voice, queueId: lost, classificationPolicyId: lost }]
automation: { rules: [{ name: r, rescue: { fallbackQueue: lost } }] }
`;
  const places = [
    'classificationPolicies[0].fallbackQueueId',
    'exceptionPolicies[0].exceptionRules[0].actions[0].classificationPolicyId',
    'exceptionPolicies[0].exceptionRules[0].actions[1].queueId',
    'queues[0].distributionPolicyId',
    'queues[0].exceptionPolicyId',
    'workers[0].queues[1]',
    'jobs[0].queueId',
    'jobs[0].classificationPolicyId',
    'automation.rules[0].rescue.fallbackQueue',
  ];

  it('lead to the document or to the router, wherever they stand', () => {
    const { problems } = check(document, nothing);
    expect(problems.map((problem) => problem.split(':')[0]).toSorted()).toEqual(places.toSorted());
    expect(problems[0]).toMatch(/expected an id from \w+ of this document or of the router/);
  });

  it('are believed where the router has what they name, or is not known', () => {
    const lost = [{ id: 'lost' }];
    const live = holding({
      queues: lost,
      classificationPolicies: lost,
      exceptionPolicies: lost,
      distributionPolicies: lost,
    });
    expect(check(document, live).problems).toEqual([]);
    expect(check(document).problems).toEqual([]);
  });
});

describe('circles', () => {
  const reclassifying = (fallbackQueueId: string) => `
${base}
classificationPolicies: [{ id: c, fallbackQueueId: ${fallbackQueueId} }]
exceptionPolicies:
  - id: e
    exceptionRules:
      - { id: r, trigger: { kind: waitTime, thresholdSeconds: 30 }, actions: [{ kind: reclassify, classificationPolicyId: c }] }
queues: [{ id: q, distributionPolicyId: p, exceptionPolicyId: e }, { id: last, distributionPolicyId: p }]
`;
  const moving = (first: string, second: string) => `
${base}
exceptionPolicies:
  - { id: e1, exceptionRules: [{ id: r, trigger: { kind: waitTime, thresholdSeconds: 30 }, actions: [{ kind: manualReclassify, queueId: ${first} }] }] }
  - { id: e2, exceptionRules: [{ id: r, trigger: { kind: waitTime, thresholdSeconds: 30 }, actions: [{ kind: manualReclassify, queueId: ${second} }] }] }
queues: [{ id: q1, distributionPolicyId: p, exceptionPolicyId: e1 }, { id: q2, distributionPolicyId: p, exceptionPolicyId: e2 }]
`;

  it('by way of a classification policy are found, and told once with everything on the way', () => {
    expect(check(reclassifying('q')).problems).toEqual([
      'classificationPolicies[0].fallbackQueueId: expected no circle in which jobs go round: queues/q → exceptionPolicies/e → classificationPolicies/c → queues/q',
    ]);
    expect(check(reclassifying('last')).problems).toEqual([]);
  });

  it('of queues that move jobs to each other are found, not those of a queue that keeps its jobs', () => {
    expect(check(moving('q2', 'q1')).problems).toEqual([
      expect.stringContaining('queues/q1 → exceptionPolicies/e1 → queues/q2'),
    ]);
    expect(check(moving('q1', 'q2')).problems).toEqual([]);
    expect(check(moving('q2', 'q2')).problems).toEqual([]);
  });

  it('through what the router holds are found, too', () => {
    const live = holding({
      queues: [{ id: 'there', exceptionPolicyId: 'back' }],
      exceptionPolicies: [
        { id: 'back', exceptionRules: [{ id: 'r', actions: [{ kind: 'manualReclassify', queueId: 'q1' }] }] },
      ],
    });
    expect(check(moving('there', 'q2'), live).problems).toEqual([
      'exceptionPolicies[0].exceptionRules[0].actions[0].queueId: expected no circle in which jobs go round: queues/there → exceptionPolicies/back → queues/q1 → exceptionPolicies/e1 → queues/there',
    ]);
  });

  it('that the router holds already are a warning, so that what is exported can be applied', () => {
    const live = holding({
      queues: [{ id: 'q1' }, { id: 'q2' }],
      exceptionPolicies: [{ id: 'e1' }, { id: 'e2' }],
      distributionPolicies: [{ id: 'p' }],
    });
    const { problems, warnings } = check(moving('q2', 'q1'), live);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('expected no circle')]);
  });

  it('of a thousand queues in a row are found without running out of stack', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => index);
    const document = {
      exceptionPolicies: ids.map((id) => ({
        id: `e${id}`,
        exceptionRules: [
          {
            id: 'r',
            trigger: { kind: 'queueLength', threshold: 1 },
            actions: [{ kind: 'manualReclassify', queueId: `q${(id + 1) % 1_000}` }],
          },
        ],
      })),
      queues: ids.map((id) => ({ id: `q${id}`, distributionPolicyId: 'p', exceptionPolicyId: `e${id}` })),
    };
    expect(check(JSON.stringify(document)).problems).toHaveLength(1);
  });
});

describe('selectors that nobody can satisfy', () => {
  const withJob = (job: string, queue = 'distributionPolicyId: p') => `
${base}
queues: [{ id: q, ${queue} }, { id: empty, distributionPolicyId: p }]
workers:
  - { id: w1, capacity: 2, queues: [q], labels: { Skill: 11, Language: EN }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }
  - { id: w2, capacity: 2, queues: [q], labels: { Skill: 5 }, channels: [{ channelId: chat, capacityCostPerJob: 1 }, { channelId: sms, capacityCostPerJob: 3 }] }
jobs: [{ id: j, ${job} }]
`;
  const asking = (selector: string) =>
    `channelId: voice, queueId: q, requestedWorkerSelectors: [${selector}]`;

  it.each([
    [
      'a label that no worker on the channel has',
      asking('{ key: Skill, labelOperator: lessThan, value: 10 }'),
      'jobs[0].requestedWorkerSelectors: expected selectors that a worker of queue q can satisfy',
    ],
    [
      'a text for a number',
      asking('{ key: Skill, labelOperator: equal, value: "11" }'),
      'jobs[0].requestedWorkerSelectors: ',
    ],
    [
      'a worker of another name',
      asking('{ key: Id, labelOperator: equal, value: w9 }'),
      'jobs[0].requestedWorkerSelectors: ',
    ],
    [
      'a contradiction',
      asking(
        '{ key: Skill, labelOperator: greaterThan, value: 10 }, { key: Skill, labelOperator: lessThan, value: 5 }',
      ),
      'no label "Skill" is all they ask for',
    ],
    [
      'a channel that nobody serves',
      'channelId: mail, queueId: q',
      'jobs[0].channelId: expected a channel that a worker of queue q serves',
    ],
    ['a channel that nobody has the capacity for', 'channelId: sms, queueId: q', 'jobs[0].channelId: '],
  ])('are found in a job that asks for %s', (_what, job, problem) => {
    expect(check(withJob(job)).problems).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [
      'what a worker has',
      asking(
        '{ key: Skill, labelOperator: greaterThan, value: 10 }, { key: Id, labelOperator: equal, value: w1 }',
      ),
    ],
    ['nothing that anybody has', asking('{ key: Colour, labelOperator: notEqual, value: red }')],
    [
      'somebody who is waited for only so long',
      asking('{ key: Id, labelOperator: equal, value: w9, expiresAfterSeconds: 45 }'),
    ],
    [
      'workers who may come yet',
      'channelId: voice, queueId: empty, requestedWorkerSelectors: [{ key: Skill, labelOperator: equal, value: 1 }]',
    ],
    ['a queue that is not known here', 'channelId: mail, queueId: elsewhere'],
  ])('are not seen in a job that asks for %s', (_what, job) => {
    expect(check(withJob(job)).problems).toEqual([]);
  });

  it('are told beside a distribution policy that is nowhere', () => {
    const text = `
classificationPolicies:
  - id: c
    workerSelectorAttachments:
      - { kind: static, workerSelector: { key: Skill, labelOperator: greaterThan, value: 9 } }
      - { kind: static, workerSelector: { key: Skill, labelOperator: lessThan, value: 1 } }
queues: [{ id: q, distributionPolicyId: lost }]
`;
    expect(check(text).problems).toEqual([]);
    expect(check(text, nothing).problems).toEqual([
      expect.stringContaining('queues[0].distributionPolicyId'),
      expect.stringContaining('classificationPolicies[0].workerSelectorAttachments'),
    ]);
  });

  it('do not matter where a distribution policy bypasses them', () => {
    const job = asking(
      '{ key: Skill, labelOperator: equal, value: 1 }, { key: Skill, labelOperator: equal, value: 2 }',
    );
    expect(check(withJob(job, 'distributionPolicyId: any')).problems).toEqual([]);
  });

  it('can be satisfied by workers of the router, who may have been given other labels', () => {
    const job = asking('{ key: Skill, labelOperator: lessThan, value: 10 }');
    const fitting = {
      id: 'w3',
      queues: ['q'],
      capacity: 1,
      labels: { Skill: 1 },
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    };
    expect(check(withJob(job), holding({ workers: [fitting] })).problems).toEqual([]);
    expect(
      check(withJob(job), holding({ workers: [{ ...fitting, queues: ['other'] }] })).problems,
    ).toHaveLength(1);
  });

  const withPolicy = (policy: string, job: string) => `
${base}
classificationPolicies:
  - { id: c, ${policy} workerSelectorAttachments: [{ kind: static, workerSelector: { key: Skill, labelOperator: greaterThan, value: 10 } }] }
queues: [{ id: q1, distributionPolicyId: p, labels: { Region: NA } }, { id: q2, distributionPolicyId: p, labels: { Region: EU } }]
workers:
  - { id: w1, capacity: 1, queues: [q1], labels: { Skill: 5 }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }
  - { id: w2, capacity: 1, queues: [q2], labels: { Skill: 50 }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }
jobs: [{ id: j, channelId: voice, classificationPolicyId: c, ${job} }]
`;
  const choosing = (region: string) =>
    `queueSelectorAttachments: [{ kind: static, queueSelector: { key: Region, labelOperator: equal, value: ${region} } }],`;
  const inJob = 'jobs[0].classificationPolicyId: expected selectors that a worker of queue q1 can satisfy';
  const inPolicy =
    'classificationPolicies[0].workerSelectorAttachments: expected selectors that a worker of queue q1 can satisfy';

  it.each([
    ['the queue of a job', '', 'queueId: q1', [inJob]],
    ['the queue of a job, wherever the policy sends others', 'fallbackQueueId: q2,', 'queueId: q1', [inJob]],
    ['the fallback queue of the policy, told once', 'fallbackQueueId: q1,', 'priority: 1', [inPolicy]],
    ['the queue that static selectors choose', choosing('NA'), 'priority: 1', [inPolicy]],
  ])('are found in a classification policy for %s', (_where, policy, job, told) => {
    const { problems } = check(withPolicy(policy, job), nothing);
    expect(problems).toEqual(told.map((start) => expect.stringContaining(start)));
  });

  it('are found in what a job and its classification policy ask for together', () => {
    const job = 'queueId: q2, requestedWorkerSelectors: [{ key: Skill, labelOperator: lessThan, value: 9 }]';
    const worker = `- { id: w3, capacity: 1, queues: [q2], labels: { Skill: 3 }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }`;
    const text = withPolicy('', job).replace('workers:', `workers:\n  ${worker}`);
    expect(check(text).problems).toEqual([
      'jobs[0].classificationPolicyId: expected selectors that some worker can satisfy; no label "Skill" is all they ask for',
    ]);
  });

  it.each([
    ['a job waits in a queue that has who is asked for', 'fallbackQueueId: q2,', 'queueId: q2'],
    ['the policy falls back to one that has', 'fallbackQueueId: q2,', 'priority: 1'],
    ['static selectors choose one that has', choosing('EU'), 'priority: 1'],
    [
      'static selectors fit nowhere, and the fallback queue has',
      `fallbackQueueId: q2, ${choosing('SA')}`,
      'priority: 1',
    ],
    [
      'a rule chooses among all queues',
      'fallbackQueueId: q1, queueSelectorAttachments: [{ kind: passThrough, key: Region, labelOperator: equal }],',
      'priority: 1',
    ],
  ])('are not seen in a classification policy where %s', (_where, policy, job) => {
    expect(check(withPolicy(policy, job), nothing).problems).toEqual([]);
  });

  it('are left alone in a job that has been assigned or has ended', () => {
    const live = holding({ jobs: [{ id: 'j', status: 'closed' }] });
    expect(check(withJob(asking('{ key: Skill, labelOperator: equal, value: 99 }')), live)).toMatchObject({
      problems: [],
    });
  });

  it('are found in attachments of classification policies, each told at its place', () => {
    const document = `
distributionPolicies: [{ id: p, offerExpiresAfterSeconds: 60, mode: { kind: longestIdle } }]
classificationPolicies:
  - id: never
    queueSelectorAttachments:
      - { kind: static, queueSelector: { key: Region, labelOperator: equal, value: NA } }
      - { kind: conditional, condition: { kind: static, value: true }, queueSelectors: [{ key: Region, labelOperator: equal, value: EU }] }
    workerSelectorAttachments:
      - { kind: static, workerSelector: { key: Skill, labelOperator: greaterThan, value: 10 } }
      - { kind: conditional, condition: { kind: expression, expression: job.Easy }, workerSelectors: [{ key: Skill, labelOperator: lessThan, value: 5 }] }
      - { kind: conditional, condition: { kind: static, value: false }, workerSelectors: [{ key: Skill, labelOperator: lessThan, value: 5 }] }
      - { kind: weighted-allocation, allocations: [{ weight: 1, workerSelectors: [{ key: Language, labelOperator: equal, value: FR }] }] }
  - id: nobody
    workerSelectorAttachments:
      - { kind: static, workerSelector: { key: Skill, labelOperator: greaterThan, value: 99 } }
      - { kind: conditional, condition: { kind: static, value: true }, workerSelectors: [{ key: Language, labelOperator: equal, value: EN }] }
queues: [{ id: q, distributionPolicyId: p }]
workers: [{ id: w, capacity: 1, queues: [q], labels: { Skill: 11, Language: EN }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }]
`;
    expect(check(document).problems.map((problem) => problem.split(':')[0])).toEqual([
      'classificationPolicies[0].queueSelectorAttachments[1].queueSelectors',
      'classificationPolicies[0].workerSelectorAttachments[1].workerSelectors',
      'classificationPolicies[0].workerSelectorAttachments[3].allocations[0].workerSelectors',
      'classificationPolicies[1].workerSelectorAttachments',
    ]);
  });

  it('are found in what an exception asks for', () => {
    const document = `
${base}
exceptionPolicies:
  - id: e
    exceptionRules:
      - id: r
        trigger: { kind: waitTime, thresholdSeconds: 30 }
        actions: [{ kind: manualReclassify, queueId: q, workerSelectors: [{ key: Skill, labelOperator: equal, value: 1 }] }]
queues: [{ id: q, distributionPolicyId: p }]
workers: [{ id: w, capacity: 1, queues: [q], labels: { Skill: 2 }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }]
`;
    expect(check(document).problems).toEqual([
      expect.stringContaining('exceptionPolicies[0].exceptionRules[0].actions[0].workerSelectors: '),
    ]);
  });
});

it.each([
  ['5', []],
  ['"2"', []],
  ['101', ['classificationPolicies[0].prioritizationRule.value']],
  ['urgent', ['classificationPolicies[0].prioritizationRule.value']],
  ['true', ['classificationPolicies[0].prioritizationRule.value']],
])('a priority that is always %s', (value, paths) => {
  const { problems } = check(
    `classificationPolicies: [{ id: c, prioritizationRule: { kind: static, value: ${value} } }]`,
  );
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(paths);
});

it('what a router holds as it is declared keeps no document from being applied', () => {
  fc.assert(
    fc.property(routingDocuments(), (written) => {
      const read = readRoutingDocument(written);
      if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
      expect(checkDocument(read.document, holding(read.document)).problems).toEqual([]);
    }),
    { seed: 20_260_302, numRuns: 300 },
  );
});

it('the label that the router sets itself cannot be declared as something else', () => {
  const document = `${base}
queues: [{ id: q, distributionPolicyId: p, labels: { Id: other } }]
workers: [{ id: w, capacity: 1, queues: [q], labels: { Id: w }, channels: [{ channelId: voice, capacityCostPerJob: 1 }] }]`;
  expect(check(document).problems).toEqual([expect.stringMatching(/^queues\[0\]\.labels\.Id: expected "q"/)]);
});

it('a worker who will never be offered anything is a warning: it may be meant', () => {
  const document = `${base}
queues: [{ id: q, distributionPolicyId: p }]
workers:
  - { id: idle, capacity: 1 }
  - { id: small, capacity: 1, queues: [q], channels: [{ channelId: voice, capacityCostPerJob: 5 }] }`;
  const { problems, warnings } = check(document);
  expect(problems).toEqual([]);
  expect(warnings.map((warning) => warning.split(':')[0])).toEqual([
    'workers[0]',
    'workers[0]',
    'workers[1].channels[0]',
  ]);
});

it('a channel that a worker has twice is a warning', () => {
  const voice = '{ channelId: voice, capacityCostPerJob: 1 }';
  const { problems, warnings } = check(`
${base}
queues: [{ id: q, distributionPolicyId: p }]
workers: [{ id: w, capacity: 1, queues: [q], channels: [${voice}, { channelId: chat, capacityCostPerJob: 1 }, ${voice}] }]
`);
  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    expect.stringContaining('workers[0].channels[2].channelId: expected each channel once'),
  ]);
});

it.each([
  ['minConcurrentOffers: 3, maxConcurrentOffers: 2', 1],
  ['minConcurrentOffers: 2', 1],
  ['minConcurrentOffers: 2, maxConcurrentOffers: 2', 0],
  ['maxConcurrentOffers: 2', 0],
])('wanting more open offers than are allowed is a warning: %s', (offers, count) => {
  const { problems, warnings } = check(
    `distributionPolicies: [{ id: p, offerExpiresAfterSeconds: 60, mode: { kind: longestIdle, ${offers} } }]`,
  );
  expect(problems).toEqual([]);
  expect(warnings).toHaveLength(count);
});
