import { describe, expect, it } from 'vitest';
import type { AnyResource } from '../../../../../src/jobRouter/resources.ts';
import { readRoutingDocument } from '../../../../../src/routing/document/readRoutingDocument.ts';
import { liveResource } from '../../../../../src/routing/live/readLive.ts';
import { type Kind, type Live, type Planned, REDACTED } from '../../../../../src/routing/model.ts';
import { planRouting } from '../../../../../src/routing/plan/planRouting.ts';

type Held = Partial<Record<Kind, readonly (Omit<AnyResource, 'etag'> & { readonly id: string })[]>>;

function liveOf(held: Held): Live {
  const of = (kind: Kind) =>
    new Map((held[kind] ?? []).map((one) => [one.id, liveResource(kind, { etag: '"1"', ...one })]));
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

function planned(document: object, held: Held = {}, prunes = false): Planned {
  const read = readRoutingDocument(document);
  if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
  return planRouting(read.document, liveOf(held), {
    router: 'router.example',
    prunes,
    secrets: read.secrets,
  });
}
const changesOf = ({ plan }: Planned) => plan.levels.flat();
const patchesOf = ({ tasks }: Planned) =>
  tasks.flat().map((task) => (task.does === 'write' ? task.patch : 'delete'));

const policy = { id: 'p', name: 'Policy', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } };
const queue = { id: 'q1', distributionPolicyId: 'p' };
const worker = {
  id: 'w',
  capacity: 1,
  queues: ['q1', 'q2'],
  labels: { Skill: 11 },
  channels: [
    { channelId: 'voice', capacityCostPerJob: 1 },
    { channelId: 'chat', capacityCostPerJob: 1, maxNumberOfJobs: 2 },
  ],
  availableForOffers: true,
};
const workerThere = {
  ...worker,
  state: 'active',
  labels: { Id: 'w', Skill: 11, Team: 'undeclared' },
  tags: {},
};
const job = {
  id: 'j',
  channelId: 'voice',
  queueId: 'q1',
  requestedWorkerSelectors: [{ key: 'Skill', labelOperator: 'greaterThan', value: 10 }],
};
const jobThere = {
  ...job,
  status: 'queued',
  priority: 1,
  requestedWorkerSelectors: [
    { key: 'Skill', labelOperator: 'greaterThan', value: 10, expedite: false, status: 'active' },
  ],
};

describe('the order of writes', () => {
  it('has each resource after those it needs, as early as it can be', () => {
    const { plan } = planned({
      jobs: [job],
      workers: [{ ...worker, queues: ['q1'] }],
      queues: [queue],
      distributionPolicies: [policy],
    });
    expect(plan.levels.map((level) => level.map(({ kind }) => kind))).toEqual([
      ['distributionPolicies'],
      ['queues'],
      ['workers', 'jobs'],
    ]);
  });

  it('does not wait for what is there already', () => {
    const { plan } = planned({ queues: [queue], workers: [worker] }, { queues: [queue] });
    expect(plan.levels).toHaveLength(1);
  });

  it('cuts a circle at a queue, which gets its exception policy later', () => {
    const circle = {
      distributionPolicies: [policy],
      queues: [{ ...queue, exceptionPolicyId: 'e' }],
      exceptionPolicies: [
        {
          id: 'e',
          exceptionRules: [
            {
              id: 'r',
              trigger: { kind: 'waitTime', thresholdSeconds: 60 },
              actions: [{ kind: 'reclassify', classificationPolicyId: 'c' }],
            },
          ],
        },
      ],
      classificationPolicies: [{ id: 'c', fallbackQueueId: 'q1' }],
    };
    const { plan } = planned(circle);
    expect(plan.levels.map((level) => level.map(({ action, kind }) => `${action} ${kind}`))).toEqual([
      ['create distributionPolicies'],
      ['create queues'],
      ['create classificationPolicies'],
      ['create exceptionPolicies'],
      ['update queues'],
    ]);
    expect(plan.levels[1]?.[0]?.isPartial).toBe(true);
  });
});

describe('comparing', () => {
  it.each<[string, object]>([
    ['holds more than is declared', workerThere],
    ['lists its queues in another order', { ...workerThere, queues: ['q2', 'q1'] }],
    ['lists its channels in another order', { ...workerThere, channels: [...worker.channels].reverse() }],
    ['bears the mark of its owner', { ...workerThere, tags: { ManagedBy: 'routing' } }],
  ])('leaves a worker alone that %s', (_, there) => {
    expect(changesOf(planned({ workers: [worker] }, { workers: [{ id: 'w', ...there }] }))).toEqual([]);
  });

  it.each<[string, object, object]>([
    ['is in another queue', { queues: ['q1', 'q3'] }, { queues: worker.queues }],
    ['is in one queue more', { queues: ['q1', 'q2', 'q3'] }, { queues: worker.queues }],
    ['has a label of another type', { labels: { Skill: '11' } }, { labels: worker.labels }],
    ['lacks a channel', { channels: [] }, { channels: worker.channels }],
    ['was switched off by an expired offer', { availableForOffers: false }, { availableForOffers: true }],
  ])('updates a worker that %s, and writes that member only', (_, there, patch) => {
    const plan = planned({ workers: [worker] }, { workers: [{ ...workerThere, ...there, id: 'w' }] });
    expect(changesOf(plan)).toMatchObject([{ kind: 'workers', id: 'w', action: 'update' }]);
    expect(patchesOf(plan)).toEqual([patch]);
  });

  it('takes away what is null, and leaves alone what is not mentioned', () => {
    const there = {
      ...queue,
      name: 'Queue',
      exceptionPolicyId: 'e',
      labels: { Id: 'q1', Region: 'EU', Team: 'theirs', ManagedBy: 'routing' },
    };
    const declared = { ...queue, exceptionPolicyId: null, labels: { Region: null, Gone: null } };
    const plan = planned({ queues: [declared] }, { queues: [there] });
    expect(changesOf(plan)[0]?.fields).toEqual([
      { path: ['labels', 'Region'], before: 'EU' },
      { path: ['exceptionPolicyId'], before: 'e' },
    ]);
    expect(patchesOf(plan)).toEqual([{ exceptionPolicyId: null, labels: declared.labels }]);
  });

  it('tells each field before and after', () => {
    const there = {
      ...policy,
      name: 'Former [managed by routing]',
      mode: { kind: 'longest-idle', minConcurrentOffers: 1, maxConcurrentOffers: 1, bypassSelectors: false },
    };
    const declared = { ...policy, mode: { kind: 'longestIdle', maxConcurrentOffers: 2 } };
    const plan = planned({ distributionPolicies: [declared] }, { distributionPolicies: [there] });
    expect(changesOf(plan)[0]?.fields).toEqual([
      { path: ['name'], before: 'Former', after: 'Policy' },
      { path: ['mode', 'maxConcurrentOffers'], before: 1, after: 2 },
    ]);
    expect(patchesOf(plan)).toEqual([{ name: 'Policy [managed by routing]', mode: declared.mode }]);
  });

  it('takes old and new spellings, defaults of the router and generated ids for no change', () => {
    const rule = {
      id: 'r',
      trigger: { kind: 'wait-time', thresholdSeconds: 60 },
      actions: [
        {
          kind: 'manual-reclassify',
          workerSelectors: [
            { key: 'A', labelOperator: 'equal', value: 1, expedite: false, status: 'active' },
          ],
          id: 'f3a0',
        },
        { kind: 'reclassify', labelsToUpsert: {}, id: 'f3a1' },
      ],
    };
    const declared = {
      id: 'e',
      exceptionRules: [
        {
          actions: [
            { kind: 'manualReclassify', workerSelectors: [{ value: 1.0, key: 'A', labelOperator: 'equal' }] },
            { kind: 'reclassify' },
          ],
          trigger: { thresholdSeconds: 60.0, kind: 'waitTime' },
          id: 'r',
        },
      ],
    };
    expect(
      changesOf(
        planned(
          { exceptionPolicies: [declared] },
          { exceptionPolicies: [{ id: 'e', exceptionRules: [rule] }] },
        ),
      ),
    ).toEqual([]);
  });

  it('shows no secret, and shows that one has changed', () => {
    const ruleWith = (key: string, code: string) => ({
      kind: 'function',
      functionUri: `https://f.example/api/x?code=${code}`,
      credential: { functionKey: key },
    });
    const plan = planned(
      { classificationPolicies: [{ id: 'c', prioritizationRule: ruleWith('new-key', 'new-code') }] },
      { classificationPolicies: [{ id: 'c', prioritizationRule: ruleWith('old-key', 'old-code') }] },
    );
    expect(changesOf(plan)[0]?.fields).toEqual([
      {
        path: ['prioritizationRule', 'functionUri'],
        before: `https://f.example/api/x?${REDACTED}`,
        after: `https://f.example/api/x?${REDACTED}`,
      },
      { path: ['prioritizationRule', 'credential', 'functionKey'], before: REDACTED, after: REDACTED },
    ]);
    expect(JSON.stringify(plan.plan)).not.toMatch(/new-|old-/);
  });

  it('shows nothing of what the document took from its environment', () => {
    const read = readRoutingDocument(
      { queues: [{ ...queue, name: `At \${env:SITE}`, labels: { Token: `\${env:TOKEN}` } }] },
      { environment: { SITE: 'secret-site', TOKEN: 'abc' } },
    );
    if (read.kind !== 'read') throw new Error('The document does not read');
    const there = { ...queue, name: 'At home', labels: { Token: 'former' } };
    const plan = planRouting(read.document, liveOf({ queues: [there] }), {
      router: 'x',
      secrets: read.secrets,
    });
    expect(patchesOf(plan)).toEqual([{ name: 'At secret-site', labels: { Token: 'abc' } }]);
    expect(changesOf(plan)[0]?.fields).toEqual([
      { path: ['name'], before: REDACTED, after: REDACTED },
      { path: ['labels', 'Token'], before: REDACTED, after: REDACTED },
    ]);
  });

  it('leaves alone a job that is as declared, although the router filled in its selectors', () => {
    expect(changesOf(planned({ jobs: [job] }, { jobs: [jobThere] }))).toEqual([]);
  });

  it('keeps the notes of others when it adds its own', () => {
    const there = { ...jobThere, notes: [{ message: 'theirs', addedAt: '2026-03-02T09:00:00+00:00' }] };
    const plan = planned({ jobs: [{ ...job, notes: [{ message: 'ours' }] }] }, { jobs: [there] });
    expect(patchesOf(plan)).toEqual([{ notes: [...there.notes, { message: 'ours' }] }]);
  });

  it('updates a waiting job that is declared otherwise', () => {
    const plan = planned({ jobs: [job] }, { jobs: [{ ...jobThere, channelId: 'chat' }] });
    expect(patchesOf(plan)).toEqual([{ channelId: 'voice' }]);
  });

  it.each(['completed', 'closed', 'cancelled'])('leaves a %s job as it is, and says so', (status) => {
    const { plan } = planned({ jobs: [job] }, { jobs: [{ ...jobThere, channelId: 'chat', status }] });
    expect(plan).toMatchObject({
      levels: [],
      unchanged: ['jobs/j'],
      notices: [{ kind: 'jobs', id: 'j', detail: `is ${status} and left as it is` }],
    });
  });
});

describe('pruning', () => {
  const marked = { ...policy, name: 'Policy [managed by routing]' };

  it('deletes what the document owns and does not mention, after everything that may still use it', () => {
    const held: Held = {
      distributionPolicies: [marked],
      queues: [{ ...queue, labels: { Id: 'q1', ManagedBy: 'routing' } }],
      workers: [{ id: 'w', queues: ['q1'], tags: { ManagedBy: 'routing' } }],
    };
    const { plan } = planned({}, held, true);
    expect(plan.levels.map((level) => level.map(({ action, kind }) => `${action} ${kind}`))).toEqual([
      ['delete workers'],
      ['delete queues'],
      ['delete distributionPolicies'],
    ]);
    expect(plan).toMatchObject({ refusals: [], untouched: 0, calls: 6 });
  });

  it('leaves alone what bears another mark or none, and does nothing unless asked', () => {
    const others: Held = {
      distributionPolicies: [policy, { ...marked, id: 'x', name: 'X [managed by other]' }],
    };
    expect(planned({}, others, true).plan).toMatchObject({ levels: [], untouched: 2 });
    expect(planned({}, { distributionPolicies: [marked] }).plan).toMatchObject({ levels: [] });
  });

  it('keeps what the document still refers to', () => {
    expect(
      planned({ queues: [queue] }, { distributionPolicies: [marked], queues: [queue] }, true).plan.levels,
    ).toEqual([]);
  });

  it('says what the service would refuse, and why, and does not attempt it', () => {
    const held: Held = {
      distributionPolicies: [marked],
      queues: [{ ...queue, labels: { ManagedBy: 'routing' } }],
      workers: [{ id: 'w', queues: ['q1'] }],
      jobs: [{ ...jobThere, status: 'assigned' }],
    };
    const { plan } = planned({}, held, true);
    expect(plan.levels).toEqual([]);
    expect(plan.refusals).toEqual([
      {
        kind: 'queues',
        id: 'q1',
        action: 'delete',
        status: 409,
        reasons: [
          {
            code: 'ActiveJobWithQueueExist',
            message: 'There is active job with this queue',
            because: ['jobs/j'],
          },
          {
            code: 'WorkerAssignedToQueueExist',
            message: 'There is an assigned worker to this queue',
            because: ['workers/w'],
          },
        ],
      },
      {
        kind: 'distributionPolicies',
        id: 'p',
        action: 'delete',
        status: 400,
        reasons: [
          {
            code: 'QueueExistsWithDistributionPolicy',
            message: 'There is a queue with this distribution policy',
            because: ['queues/q1'],
          },
        ],
      },
    ]);
  });
});

describe('consequences', () => {
  const held: Held = {
    queues: [queue],
    workers: [workerThere, { ...workerThere, id: 'w2', labels: { Id: 'w2', Skill: 5 } }],
    jobs: [jobThere],
  };

  it('are told of a job that would lose the last worker who could serve it', () => {
    const { plan } = planned({ workers: [{ ...worker, labels: { Skill: 10 } }] }, held);
    expect(plan.consequences).toEqual([
      {
        kind: 'jobLosesWorkers',
        jobId: 'j',
        queueId: 'q1',
        workerIds: ['w'],
        detail: expect.stringContaining('only w can'),
      },
    ]);
  });

  it('are told of workers who would be pruned, sent to other queues, or switched off', () => {
    const owned = { ...workerThere, tags: { ManagedBy: 'routing' } };
    const withOwned = { ...held, workers: [owned] };
    const lost = ({ plan }: Planned) => plan.consequences.map(({ jobId, workerIds }) => [jobId, workerIds]);
    expect(lost(planned({}, withOwned, true))).toEqual([['j', ['w']]]);
    expect(lost(planned({ workers: [{ ...worker, queues: ['q2'] }] }, withOwned))).toEqual([['j', ['w']]]);
    expect(lost(planned({ workers: [{ ...worker, availableForOffers: false }] }, withOwned))).toEqual([
      ['j', ['w']],
    ]);
  });

  it('are none where selectors are bypassed', () => {
    const bypassing = { ...policy, mode: { kind: 'longestIdle', bypassSelectors: true } };
    const { plan } = planned(
      { workers: [{ ...worker, labels: { Skill: 1 } }] },
      { ...held, distributionPolicies: [bypassing] },
    );
    expect(plan.consequences).toEqual([]);
  });

  it('are none where somebody else can serve it, or nobody could before', () => {
    const relabelled = {
      workers: [
        { ...worker, labels: { Skill: 10 } },
        { ...worker, id: 'w2', labels: { Skill: 12 } },
      ],
    };
    expect(planned(relabelled, held).plan.consequences).toEqual([]);
    const unserved = { ...held, jobs: [{ ...jobThere, channelId: 'mail' }] };
    expect(planned({ workers: [{ ...worker, labels: { Skill: 10 } }] }, unserved).plan.consequences).toEqual(
      [],
    );
  });
});
