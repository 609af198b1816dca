import { describe, expect, it } from 'vitest';
import { eventTypeOf, KNOWN_EVENT_TYPES } from '../../../../emulator/eventGrid/eventTypes.ts';
import { routerEventOf } from '../../../../emulator/eventGrid/routerEvents.ts';
import type { LabelOperator } from '../../../../emulator/router/engine/model/selectors.ts';
import { FACT_TYPES, FACTS, job, NINE_AM, queue, worker } from '../../../support/routerFacts.ts';

const OFFER_ID = '0f0e1d2c-0001-4000-8000-00000000000a';
const ASSIGNMENT_ID = '0f0e1d2c-0002-4000-8000-00000000000b';

const jobBase = { queueId: 'queue-1', labels: {}, tags: {}, jobId: 'job-1', channelId: 'voice' };
const offerBase = {
  queueId: 'queue-1',
  workerId: 'worker-1',
  offerId: OFFER_ID,
  jobId: 'job-1',
  channelId: 'voice',
};
const offerDetails = {
  ...offerBase,
  workerLabels: { Id: 'worker-1', 'Some-Skill': 11 },
  workerTags: {},
  jobPriority: 1,
  jobLabels: {},
  jobTags: {},
};
const assignment = { assignmentId: ASSIGNMENT_ID, workerId: 'worker-1' };
const workerDetails = {
  workerId: 'worker-1',
  totalCapacity: 1,
  queueAssignments: [{ id: 'queue-1', name: 'My Queue', labels: { Id: 'queue-1' } }],
  channelConfigurations: [{ channelId: 'voice', capacityCostPerJob: 1 }],
  labels: { Id: 'worker-1', 'Some-Skill': 11 },
  tags: {},
};
const selectors = [{ key: 'Some-Skill', labelOperator: 'Greater', value: 10, state: 'active' }];

const EXPECTED = {
  JobReceived: {
    subject: 'job/job-1/channel/voice',
    data: {
      jobStatus: 'Created',
      priority: 1,
      requestedWorkerSelectors: selectors,
      unavailableForMatching: false,
      ...jobBase,
    },
  },
  JobClassified: {
    subject: 'job/job-1/channel/voice/queue/queue-1',
    data: {
      queueDetails: { id: 'queue-1', name: 'My Queue', labels: { Id: 'queue-1' } },
      classificationPolicyId: 'classification-policy-1',
      priority: 10,
      attachedWorkerSelectors: [
        { key: 'Department', labelOperator: 'Equal', value: 'xbox', state: 'active' },
      ],
      ...jobBase,
    },
  },
  JobClassificationFailed: {
    subject: 'job/job-1/channel/voice/classificationpolicy/classification-policy-1',
    data: {
      classificationPolicyId: 'classification-policy-1',
      errors: [
        {
          code: 'ClassificationFailed',
          message: 'No queue was found for the job, and the policy has no fallback queue',
          target: 'queueSelectorAttachments',
        },
      ],
      labels: {},
      tags: {},
      jobId: 'job-1',
      channelId: 'voice',
    },
  },
  JobExceptionTriggered: {
    subject: 'job/job-1/channel/voice/exceptionrule/escalate-after-five-minutes',
    data: {
      ruleKey: 'escalate-after-five-minutes',
      exceptionRuleId: 'escalate-after-five-minutes',
      ...jobBase,
    },
  },
  JobWorkerSelectorsExpired: {
    subject: 'job/job-1/channel/voice/queue/queue-1',
    data: {
      expiredRequestedWorkerSelectors: [
        {
          key: 'Id',
          labelOperator: 'Equal',
          value: 'worker-1',
          ttlSeconds: 45,
          state: 'expired',
          expirationTime: '2026-03-02T09:00:44.0000000Z',
        },
      ],
      expiredAttachedWorkerSelectors: [],
      ...jobBase,
    },
  },
  JobWaitingForActivation: {
    subject: 'job/job-1/channel/voice',
    data: {
      priority: 1,
      expiredRequestedWorkerSelectors: [],
      expiredAttachedWorkerSelectors: [],
      scheduledOn: '2026-03-02T09:30:00.0000000Z',
      unavailableForMatching: true,
      ...jobBase,
    },
  },
  JobSchedulingFailed: {
    subject: 'job/job-1/channel/voice',
    data: {
      priority: 1,
      expiredRequestedWorkerSelectors: [],
      expiredAttachedWorkerSelectors: [],
      scheduledOn: '2026-03-02T09:30:00.0000000Z',
      failureReason: 'The job could not be scheduled',
      ...jobBase,
    },
  },
  JobQueued: {
    subject: 'job/job-1/channel/voice/queue/queue-1',
    data: { priority: 1, attachedWorkerSelectors: [], requestedWorkerSelectors: selectors, ...jobBase },
  },
  JobCompleted: {
    subject: `job/job-1/channel/voice/assignment/${ASSIGNMENT_ID}`,
    data: { ...assignment, ...jobBase },
  },
  JobClosed: {
    subject: `job/job-1/channel/voice/assignment/${ASSIGNMENT_ID}`,
    data: { ...assignment, dispositionCode: 'Resolved', ...jobBase },
  },
  JobCancelled: {
    subject: 'job/job-1/channel/voice/disposition/CallerHungUp',
    data: {
      note: 'The caller hung up before anybody answered',
      dispositionCode: 'CallerHungUp',
      ...jobBase,
    },
  },
  JobUnassigned: {
    subject: `job/job-1/channel/voice/assignment/${ASSIGNMENT_ID}`,
    data: { ...assignment, ...jobBase },
  },
  JobDeleted: { subject: 'job/job-1/channel/voice', data: jobBase },
  WorkerOfferIssued: {
    subject: 'worker/worker-1/job/job-1',
    data: {
      ...offerDetails,
      offeredOn: '2026-03-02T09:00:00.0000000Z',
      expiresOn: '2026-03-02T09:01:00.0000000Z',
    },
  },
  WorkerOfferAccepted: {
    subject: 'worker/worker-1/job/job-1',
    data: { ...offerDetails, assignmentId: ASSIGNMENT_ID },
  },
  WorkerOfferDeclined: { subject: 'worker/worker-1/job/job-1', data: offerBase },
  WorkerOfferRevoked: { subject: 'worker/worker-1/job/job-1', data: offerBase },
  WorkerOfferExpired: { subject: 'worker/worker-1/job/job-1', data: offerBase },
  WorkerRegistered: { subject: 'worker/worker-1', data: workerDetails },
  WorkerUpdated: {
    subject: 'worker/worker-1',
    data: {
      ...workerDetails,
      labels: { Id: 'worker-1', 'Some-Skill': 12 },
      updatedWorkerProperties: ['Labels'],
    },
  },
  WorkerDeregistered: { subject: 'worker/worker-1', data: { workerId: 'worker-1' } },
  WorkerDeleted: { subject: 'worker/worker-1', data: { workerId: 'worker-1' } },
};

describe('routerEventOf', () => {
  it.each(FACT_TYPES)('publishes exactly the documented members for %s', (type) => {
    const event = routerEventOf(FACTS[type]);
    expect(event).toStrictEqual({ type: `Microsoft.Communication.Router${type}`, ...EXPECTED[type] });
    expect(KNOWN_EVENT_TYPES).toContain(event.type);
  });

  it('has one event for each of the 22 types the service documents', () => {
    expect(KNOWN_EVENT_TYPES).toHaveLength(22);
    expect(new Set(KNOWN_EVENT_TYPES)).toEqual(new Set(FACT_TYPES.map(eventTypeOf)));
  });

  it('keeps the member order of a captured accepted offer', () => {
    const fact = { ...FACTS.WorkerOfferAccepted, job: { ...job, channelReference: 'call-1' } };
    expect(Object.keys(routerEventOf(fact).data)).toEqual([
      'queueId',
      'workerId',
      'workerLabels',
      'workerTags',
      'offerId',
      'assignmentId',
      'jobPriority',
      'jobLabels',
      'jobTags',
      'jobId',
      'channelReference',
      'channelId',
    ]);
  });

  it.each<[LabelOperator, string]>([
    ['equal', 'Equal'],
    ['notEqual', 'NotEqual'],
    ['greaterThan', 'Greater'],
    ['lessThan', 'Less'],
    ['greaterThanOrEqual', 'GreaterThanOrEqual'],
    ['lessThanOrEqual', 'LessThanOrEqual'],
  ])('spells the operator %s as %s', (labelOperator, spelled) => {
    const requestedWorkerSelectors = [
      { key: 'level', labelOperator, value: true, expedite: true, status: 'active' } as const,
    ];
    const { data } = routerEventOf({ ...FACTS.JobQueued, job: { ...job, requestedWorkerSelectors } });
    expect(data.requestedWorkerSelectors).toStrictEqual([
      { key: 'level', labelOperator: spelled, value: true, state: 'active' },
    ]);
  });

  it('leaves out a selector value, a note and a queue name that were never given', () => {
    const requestedWorkerSelectors = [
      { key: 'level', labelOperator: 'equal', expedite: false, status: 'active' } as const,
    ];
    const { note: _, ...cancelled } = FACTS.JobCancelled;
    const { name: __, ...namelessQueue } = queue;
    expect(
      routerEventOf({ ...FACTS.JobQueued, job: { ...job, requestedWorkerSelectors } }).data
        .requestedWorkerSelectors,
    ).toStrictEqual([{ key: 'level', labelOperator: 'Equal', state: 'active' }]);
    expect(routerEventOf(cancelled).data).not.toHaveProperty('note');
    expect(
      routerEventOf({ ...FACTS.WorkerRegistered, queues: [namelessQueue] }).data.queueAssignments,
    ).toStrictEqual([{ id: 'queue-1', labels: { Id: 'queue-1' } }]);
  });

  it('says of a suspended job that it is unavailable for matching', () => {
    const { data } = routerEventOf({
      ...FACTS.JobReceived,
      job: { ...job, matchingMode: { kind: 'suspend' } },
    });
    expect(data.unavailableForMatching).toBe(true);
    expect(data).not.toHaveProperty('scheduledOn');
  });

  it('says of a scheduled job when it is due and which policy it came with', () => {
    const { data } = routerEventOf({
      ...FACTS.JobReceived,
      job: {
        ...job,
        status: 'pendingSchedule',
        classificationPolicyId: FACTS.JobClassified.classificationPolicyId,
        matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: NINE_AM },
      },
    });
    expect(data).toMatchObject({
      jobStatus: 'PendingSchedule',
      classificationPolicyId: 'classification-policy-1',
      scheduledOn: '2026-03-02T09:00:00.0000000Z',
      unavailableForMatching: false,
    });
  });

  it('leaves the schedule out for a job that waits for activation without one', () => {
    const { scheduledAt: _, ...suspended } = FACTS.JobWaitingForActivation;
    expect(routerEventOf(suspended).data).not.toHaveProperty('scheduledOn');
  });

  it('tells the details of a classification error', () => {
    const details = [{ code: 'Inner', message: 'inside' }];
    const errors = [{ code: 'Outer', message: 'outside', details }];
    const { data } = routerEventOf({ ...FACTS.JobClassificationFailed, errors });
    expect(data.errors).toStrictEqual(errors);
  });

  it('tells how many jobs of a channel a worker takes when there is a limit', () => {
    const channels = [{ channelId: 'chat', capacityCostPerJob: 10, maxNumberOfJobs: 3 }];
    const { data } = routerEventOf({ ...FACTS.WorkerRegistered, worker: { ...worker, channels } });
    expect(data.channelConfigurations).toStrictEqual(channels);
  });
});
