/** The quickstart's story as the engine would announce it; the fixtures in test/fixtures/events tell the same. */
import { instantOf, secondsAfter } from '../../emulator/clock/instant.ts';
import type { Fact, FactOf, FactType } from '../../emulator/router/engine/facts.ts';
import { idFrom } from '../../emulator/router/engine/ids.ts';
import type { JobView, OfferView, QueueView, WorkerView } from '../../emulator/router/engine/model.ts';

export const NINE_AM = instantOf('2026-03-02T09:00:00Z');
const OFFER_LIFE_SECONDS = 60;

const at = (seconds: number) => secondsAfter(NINE_AM, seconds);
const revision = { version: 0, modifiedAt: at(-60) };

export const queue: QueueView = {
  id: idFrom('queue-1'),
  name: 'My Queue',
  distributionPolicyId: idFrom('distribution-policy-1'),
  labels: { Id: 'queue-1' },
  revision,
};

export const worker: WorkerView = {
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

export const job: JobView = {
  id: idFrom('job-1'),
  status: 'queued',
  enqueuedAt: at(-1),
  channelId: 'voice',
  queueId: queue.id,
  priority: 1,
  requestedWorkerSelectors: [
    { key: 'Some-Skill', labelOperator: 'greaterThan', value: 10, expedite: false, status: 'active' },
  ],
  attachedWorkerSelectors: [],
  labels: {},
  assignments: [],
  tags: {},
  notes: [],
  matchingMode: { kind: 'queueAndMatch' },
  revision,
};

export const offer: OfferView = {
  offerId: idFrom('0f0e1d2c-0001-4000-8000-00000000000a'),
  jobId: job.id,
  capacityCost: 1,
  offeredAt: NINE_AM,
  expiresAt: at(OFFER_LIFE_SECONDS),
};

const assignment = {
  job,
  assignmentId: idFrom<FactOf<'JobCompleted'>['assignmentId']>('0f0e1d2c-0002-4000-8000-00000000000b'),
  workerId: worker.id,
};
const offered = { job, offer, worker };
const staffed = { worker, queues: [queue] };

/** One fact of each type, all about the same job, offer, assignment and worker. */
export const FACTS: { readonly [Type in FactType]: FactOf<Type> } = {
  WorkerRegistered: { type: 'WorkerRegistered', at: at(-60), ...staffed },
  JobReceived: { type: 'JobReceived', at: at(-2), job: { ...job, status: 'created' } },
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

export const FACT_TYPES: readonly FactType[] = Object.values(FACTS).map((fact: Fact) => fact.type);
