import { describe, expect, it } from 'vitest';
import type { Job, Worker } from '../../../../src/jobRouter/wire.ts';
import { type Existing, planRouting } from '../../../../src/provisioning/plan.ts';
import { routingDocument } from '../../../../src/provisioning/routingDocument.ts';

const nothing: Existing = {
  distributionPolicies: new Map(),
  queues: new Map(),
  workers: new Map(),
  jobs: new Map(),
};

const policy = {
  id: 'p',
  name: 'Policy',
  offerExpiresAfterSeconds: 60,
  mode: { kind: 'longestIdle' },
} as const;
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
const workerThere: Worker = {
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
const jobThere: Job = {
  ...job,
  status: 'queued',
  priority: 1,
  requestedWorkerSelectors: [
    { key: 'Skill', labelOperator: 'greaterThan', value: 10, expedite: false, status: 'active' },
  ],
};

const planOf = (document: object, existing: Partial<Existing> = {}) =>
  planRouting(routingDocument.parse(document), { ...nothing, ...existing }).flat();
const workerPlan = (there: Worker) => planOf({ workers: [worker] }, { workers: new Map([['w', there]]) });
const jobPlan = (there: Job) => planOf({ jobs: [job] }, { jobs: new Map([['j', there]]) });

describe('planning', () => {
  it('creates what is not there, each kind after those it refers to', () => {
    const queue = { id: 'q1', distributionPolicyId: 'p' };
    const steps = planOf({ jobs: [job], workers: [worker], queues: [queue], distributionPolicies: [policy] });
    expect(steps.map(({ kind, id, action }) => `${action} ${kind}/${id}`)).toEqual([
      'create distributionPolicies/p',
      'create queues/q1',
      'create workers/w',
      'create jobs/j',
    ]);
  });

  it.each<[string, Worker]>([
    ['holds more than is declared', workerThere],
    ['lists its queues in another order', { ...workerThere, queues: ['q2', 'q1'] }],
    ['lists its channels in another order', { ...workerThere, channels: [...worker.channels].reverse() }],
  ])('leaves a worker alone that %s', (_, there) => {
    expect(workerPlan(there)).toEqual([{ kind: 'workers', id: 'w', action: 'unchanged' }]);
  });

  it.each<[string, Worker, object]>([
    ['is in another queue', { ...workerThere, queues: ['q1', 'q3'] }, { queues: worker.queues }],
    ['is in one queue more', { ...workerThere, queues: ['q1', 'q2', 'q3'] }, { queues: worker.queues }],
    ['has a label of another type', { ...workerThere, labels: { Skill: '11' } }, { labels: worker.labels }],
    ['lacks a channel', { ...workerThere, channels: [] }, { channels: worker.channels }],
    [
      'was switched off by an expired offer',
      { ...workerThere, availableForOffers: false },
      { availableForOffers: true },
    ],
  ])('updates a worker that %s, and writes that member only', (_, there, patch) => {
    expect(workerPlan(there)).toEqual([
      { kind: 'workers', id: 'w', action: 'update', patch, changed: Object.keys(patch) },
    ]);
  });

  it('takes old and new spellings of a mode for the same, and defaults of the router for no change', () => {
    const there = {
      ...policy,
      mode: { kind: 'longest-idle', minConcurrentOffers: 1, bypassSelectors: false },
    };
    const steps = planOf(
      { distributionPolicies: [policy] },
      { distributionPolicies: new Map([['p', there]]) },
    );
    expect(steps).toEqual([{ kind: 'distributionPolicies', id: 'p', action: 'unchanged' }]);
  });

  it('updates a policy whose declared bounds differ', () => {
    const declared = { ...policy, mode: { kind: 'longestIdle', maxConcurrentOffers: 2 } };
    const there = { ...policy, mode: { kind: 'longestIdle', maxConcurrentOffers: 1 } };
    const steps = planOf(
      { distributionPolicies: [declared] },
      { distributionPolicies: new Map([['p', there]]) },
    );
    expect(steps).toMatchObject([{ action: 'update', changed: ['mode'] }]);
  });

  it('leaves alone a job that is as declared, although the router filled in its selectors', () => {
    expect(jobPlan(jobThere)).toEqual([{ kind: 'jobs', id: 'j', action: 'unchanged' }]);
  });

  it('updates a waiting job that is declared otherwise', () => {
    expect(jobPlan({ ...jobThere, channelId: 'chat' })).toMatchObject([
      { action: 'update', changed: ['channelId'] },
    ]);
  });

  it.each(['completed', 'closed', 'cancelled'])('leaves a %s job as it is, and says so', (status) => {
    expect(jobPlan({ ...jobThere, channelId: 'chat', status })).toEqual([
      { kind: 'jobs', id: 'j', action: 'unchanged', note: `is ${status} and left as it is` },
    ]);
  });
});
