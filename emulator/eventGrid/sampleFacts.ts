/**
 * One fact of each type, all about the same job, offer, assignment and worker: the quickstart's story, with the turns
 * a job can take besides. What is triggered by hand is made from these; tests and fixtures tell the same story.
 */
import { type Instant, secondsAfter } from '../clock/instant.ts';
import type { FactOf, FactType } from '../router/engine/facts.ts';
import { idFrom } from '../router/engine/ids.ts';
import type { JobView } from '../router/engine/model/job.ts';
import type { QueueView } from '../router/engine/model/queue.ts';
import type { WorkerSelector } from '../router/engine/model/selectors.ts';
import type { OfferView, WorkerView } from '../router/engine/model/worker.ts';

const OFFER_LIFE_SECONDS = 60;
const SELECTOR_LIFE_SECONDS = 45;

export interface SampleStory {
  readonly queue: QueueView;
  readonly worker: WorkerView;
  readonly job: JobView;
  readonly offer: OfferView;
  readonly facts: { readonly [Type in FactType]: FactOf<Type> };
}

/** The story, in which the offer is made at `offeredAt`. */
export function sampleStory(offeredAt: Instant): SampleStory {
  const at = (seconds: number) => secondsAfter(offeredAt, seconds);
  const revision = { version: 0, modifiedAt: at(-60) };
  const classificationPolicyId =
    idFrom<FactOf<'JobClassified'>['classificationPolicyId']>('classification-policy-1');

  const queue: QueueView = {
    id: idFrom('queue-1'),
    name: 'My Queue',
    distributionPolicyId: idFrom('distribution-policy-1'),
    labels: { Id: 'queue-1' },
    revision,
  };
  const worker: WorkerView = {
    id: idFrom('worker-1'),
    state: 'active',
    queues: [queue.id],
    capacity: 1,
    labels: { Id: 'worker-1', 'Some-Skill': 11 },
    tags: {},
    channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    offers: [],
    assignedJobs: [],
    loadRatio: 0,
    availableForOffers: true,
    revision,
  };
  const skilled: WorkerSelector = {
    expedite: false,
    status: 'active',
    key: 'Some-Skill',
    labelOperator: 'greaterThan',
    value: 10,
  };
  const preferred: WorkerSelector = {
    expiresAfterSeconds: SELECTOR_LIFE_SECONDS,
    expedite: true,
    status: 'expired',
    key: 'Id',
    labelOperator: 'equal',
    value: worker.id,
    expiresAt: at(SELECTOR_LIFE_SECONDS - 1),
  };
  const attached: WorkerSelector = {
    expedite: false,
    status: 'active',
    key: 'Department',
    labelOperator: 'equal',
    value: 'xbox',
  };
  const job: JobView = {
    id: idFrom('job-1'),
    status: 'queued',
    enqueuedAt: at(-1),
    channelId: 'voice',
    queueId: queue.id,
    priority: 1,
    requestedWorkerSelectors: [skilled],
    attachedWorkerSelectors: [],
    labels: {},
    assignments: [],
    tags: {},
    notes: [],
    matchingMode: { kind: 'queueAndMatch' },
    revision,
  };
  const { queueId: _, enqueuedAt: __, ...unqueued } = job;
  const classified: JobView = {
    ...job,
    classificationPolicyId,
    priority: 10,
    attachedWorkerSelectors: [attached],
  };
  const scheduledAt = at(1800);
  const scheduled: JobView = {
    ...job,
    status: 'waitingForActivation',
    matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: scheduledAt },
  };
  const offer: OfferView = {
    offerId: idFrom('0f0e1d2c-0001-4000-8000-00000000000a'),
    jobId: job.id,
    capacityCost: 1,
    offeredAt,
    expiresAt: at(OFFER_LIFE_SECONDS),
  };
  const assignment = {
    job,
    assignmentId: idFrom<FactOf<'JobCompleted'>['assignmentId']>('0f0e1d2c-0002-4000-8000-00000000000b'),
    workerId: worker.id,
  };
  const offered = { job, offer, worker };
  const staffed = { worker, queues: [queue] };
  const noneExpired = { expiredRequestedWorkerSelectors: [], expiredAttachedWorkerSelectors: [] };

  const facts: SampleStory['facts'] = {
    WorkerRegistered: { type: 'WorkerRegistered', at: at(-60), ...staffed },
    JobReceived: { type: 'JobReceived', at: at(-2), job: { ...job, status: 'created' } },
    JobClassified: { type: 'JobClassified', at: at(-2), job: classified, classificationPolicyId, queue },
    JobClassificationFailed: {
      type: 'JobClassificationFailed',
      at: at(-2),
      job: { ...unqueued, status: 'classificationFailed', classificationPolicyId },
      classificationPolicyId,
      errors: [
        {
          code: 'ClassificationFailed',
          message: 'No queue was found for the job, and the policy has no fallback queue',
          target: 'queueSelectorAttachments',
        },
      ],
    },
    JobQueued: { type: 'JobQueued', at: at(-1), job },
    WorkerOfferIssued: { type: 'WorkerOfferIssued', at: at(0), ...offered },
    WorkerOfferAccepted: {
      type: 'WorkerOfferAccepted',
      at: at(1),
      ...offered,
      assignmentId: assignment.assignmentId,
    },
    JobCompleted: { type: 'JobCompleted', at: at(2), ...assignment },
    JobClosed: { type: 'JobClosed', at: at(3), ...assignment, dispositionCode: 'Resolved' },
    JobDeleted: { type: 'JobDeleted', at: at(4), job },
    JobCancelled: {
      type: 'JobCancelled',
      at: at(1),
      job,
      dispositionCode: 'CallerHungUp',
      note: 'The caller hung up before anybody answered',
    },
    JobUnassigned: { type: 'JobUnassigned', at: at(2), ...assignment },
    JobExceptionTriggered: {
      type: 'JobExceptionTriggered',
      at: at(300),
      job,
      ruleKey: 'escalate-after-five-minutes',
      exceptionRuleId: 'escalate-after-five-minutes',
    },
    JobWorkerSelectorsExpired: {
      type: 'JobWorkerSelectorsExpired',
      at: at(SELECTOR_LIFE_SECONDS - 1),
      job: { ...job, requestedWorkerSelectors: [preferred, skilled] },
      ...noneExpired,
      expiredRequestedWorkerSelectors: [preferred],
    },
    JobWaitingForActivation: {
      type: 'JobWaitingForActivation',
      at: scheduledAt,
      job: scheduled,
      ...noneExpired,
      scheduledAt,
      unavailableForMatching: true,
    },
    JobSchedulingFailed: {
      type: 'JobSchedulingFailed',
      at: at(-1),
      job: { ...scheduled, status: 'scheduleFailed' },
      ...noneExpired,
      scheduledAt,
      failureReason: 'The job could not be scheduled',
    },
    WorkerOfferDeclined: { type: 'WorkerOfferDeclined', at: at(1), ...offered },
    WorkerOfferRevoked: { type: 'WorkerOfferRevoked', at: at(1), ...offered },
    WorkerOfferExpired: { type: 'WorkerOfferExpired', at: at(60), ...offered },
    WorkerDeregistered: { type: 'WorkerDeregistered', at: at(60), ...staffed },
    WorkerUpdated: {
      type: 'WorkerUpdated',
      at: at(120),
      worker: { ...worker, labels: { ...worker.labels, 'Some-Skill': 12 } },
      queues: [queue],
      updatedProperties: ['Labels'],
    },
    WorkerDeleted: { type: 'WorkerDeleted', at: at(180), ...staffed },
  };
  return { queue, worker, job, offer, facts };
}
