/**
 * Resources as the service writes them: members in recorded order, unset scalars left out (an `undefined`
 * member never reaches the text), maps and arrays always there. `etag` is added last by operations/resource.ts.
 */
import type {
  AssignmentView,
  Channel,
  DistributionPolicyView,
  JobView,
  OfferView,
  QueueView,
  WorkerAssignmentView,
  WorkerSelector,
  WorkerView,
} from '../engine/model.ts';
import { timestampText } from './timestamp.ts';

export const encodeDistributionPolicy = ({
  id,
  name,
  offerExpiresAfterSeconds,
  mode,
}: DistributionPolicyView) => ({
  id,
  name,
  offerExpiresAfterSeconds,
  mode: {
    kind: mode.kind,
    minConcurrentOffers: mode.minConcurrentOffers,
    maxConcurrentOffers: mode.maxConcurrentOffers,
    bypassSelectors: mode.bypassSelectors,
  },
});

export const encodeQueue = ({ id, name, distributionPolicyId, labels }: QueueView) => ({
  id,
  name,
  distributionPolicyId,
  labels,
});

const encodeChannel = ({ channelId, capacityCostPerJob, maxNumberOfJobs }: Channel) => ({
  channelId,
  capacityCostPerJob,
  maxNumberOfJobs,
});

const encodeOffer = (offer: OfferView) => ({
  offerId: offer.offerId,
  jobId: offer.jobId,
  capacityCost: offer.capacityCost,
  offeredAt: timestampText(offer.offeredAt),
  expiresAt: timestampText(offer.expiresAt),
});

const encodeAssignedJob = (assignment: WorkerAssignmentView) => ({
  assignmentId: assignment.assignmentId,
  jobId: assignment.jobId,
  capacityCost: assignment.capacityCost,
  assignedAt: timestampText(assignment.assignedAt),
});

export const encodeWorker = (worker: WorkerView) => ({
  id: worker.id,
  state: worker.state,
  queues: worker.queues,
  capacity: worker.capacity,
  labels: worker.labels,
  tags: worker.tags,
  channels: worker.channels.map(encodeChannel),
  offers: worker.offers.map(encodeOffer),
  assignedJobs: worker.assignedJobs.map(encodeAssignedJob),
  loadRatio: worker.loadRatio,
  availableForOffers: worker.availableForOffers,
});

const encodeSelector = ({ expedite, key, labelOperator, value }: WorkerSelector) => ({
  expedite,
  status: 'active',
  key,
  labelOperator,
  value,
});

const encodeAssignment = (assignment: AssignmentView) => ({
  assignmentId: assignment.assignmentId,
  workerId: assignment.workerId,
  assignedAt: timestampText(assignment.assignedAt),
  completedAt: assignment.completedAt && timestampText(assignment.completedAt),
  closedAt: assignment.closedAt && timestampText(assignment.closedAt),
});

export const encodeJob = (job: JobView) => ({
  id: job.id,
  channelReference: job.channelReference,
  status: job.status,
  enqueuedAt: job.enqueuedAt && timestampText(job.enqueuedAt),
  channelId: job.channelId,
  queueId: job.queueId,
  priority: job.priority,
  dispositionCode: job.dispositionCode,
  requestedWorkerSelectors: job.requestedWorkerSelectors.map(encodeSelector),
  attachedWorkerSelectors: job.attachedWorkerSelectors.map(encodeSelector),
  labels: job.labels,
  assignments: Object.fromEntries(
    job.assignments.map((assignment) => [assignment.assignmentId, encodeAssignment(assignment)]),
  ),
  tags: job.tags,
  notes: job.notes.map(({ message, addedAt }) => ({ message, addedAt: timestampText(addedAt) })),
  matchingMode: { kind: job.matchingMode.kind },
});
