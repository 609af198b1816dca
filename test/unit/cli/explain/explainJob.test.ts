import { describe, expect, it } from 'vitest';
import { explainJob, type Known } from '../../../../cli/explain/explainJob.ts';
import type { Worker } from '../../../../src/jobRouter/wire.ts';

const able: Worker = {
  id: 'able',
  state: 'active',
  availableForOffers: true,
  capacity: 2,
  loadRatio: 0,
  labels: { Language: 'EN', Skill: 10 },
  channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
};
const job = {
  id: 'job-1',
  status: 'queued',
  queueId: 'queue-1',
  channelId: 'voice',
  requestedWorkerSelectors: [{ key: 'Language', labelOperator: 'equal', value: 'EN' }],
  attachedWorkerSelectors: [{ key: 'Skill', labelOperator: 'greaterThan', value: 5, status: 'active' }],
};
const policy = { id: 'p', mode: { kind: 'longestIdle', maxConcurrentOffers: 1 } };

const explained = (known: Partial<Known>) => explainJob({ job, workers: [able], policy, ...known });
const about = (worker: Partial<Worker>, known: Partial<Known> = {}) =>
  explained({ workers: [{ ...able, ...worker }], ...known }).workers[0];

describe('why a worker is or is not offered a job', () => {
  it('finds nothing against one who fits', () => {
    expect(explained({})).toEqual({
      jobId: 'job-1',
      status: 'queued',
      queueId: 'queue-1',
      reasons: [],
      workers: [{ workerId: 'able', verdict: 'couldBeOffered', reasons: [] }],
    });
  });

  it('tells everything that is against a worker', () => {
    const worker = { availableForOffers: false, state: 'inactive', labels: { Skill: 5 }, channels: [] };
    expect(about(worker)).toEqual({
      workerId: 'able',
      verdict: 'notOffered',
      reasons: [
        'The worker is not available for offers (inactive).',
        'The worker does not serve channel voice.',
        'The requested selector Language equal "EN" does not hold: the worker has no such label.',
        'The attached selector Skill greaterThan 5 does not hold: the label is 5.',
      ],
    });
  });

  it('counts what a job costs against what is free', () => {
    expect(about({ loadRatio: 1 })?.reasons).toEqual([
      'The worker has no room: a job on voice costs 1, and 0 of 2 is free.',
    ]);
  });

  it('sees offers and assignments of the job', () => {
    expect(about({ offers: [{ offerId: 'o', jobId: 'job-1' }] })?.verdict).toBe('offered');
    expect(about({ assignedJobs: [{ assignmentId: 'a', jobId: 'job-1' }] })?.verdict).toBe('assigned');
  });

  it('leaves selectors aside that have expired, or that the policy bypasses', () => {
    const expired = {
      ...job,
      requestedWorkerSelectors: [],
      attachedWorkerSelectors: [{ key: 'Skill', labelOperator: 'equal', value: 99, status: 'expired' }],
    };
    expect(about({}, { job: expired })?.verdict).toBe('couldBeOffered');
    const bypassing = { id: 'p', mode: { kind: 'longestIdle', bypassSelectors: true } };
    expect(about({ labels: {} }, { policy: bypassing })?.verdict).toBe('couldBeOffered');
  });
});

const cases: [Partial<Known>, string][] = [
  [{ job: { ...job, status: 'assigned' } }, 'The job is assigned; only queued jobs are offered.'],
  [{ workers: [] }, 'The queue has no workers.'],
  [
    { workers: [{ ...able, offers: [{ offerId: 'o', jobId: 'job-1' }] }] },
    'It has as many open offers as its distribution policy allows: 1.',
  ],
];

describe('why nobody is offered a job', () => {
  it.each(cases)('is told first: %#', (known, reason) => {
    expect(explained(known).reasons).toEqual([reason]);
  });
});
