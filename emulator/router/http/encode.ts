/**
 * Resources as the service writes them: members in recorded order, unset scalars left out (an `undefined`
 * member never reaches the text), maps and arrays always there. `etag` is added last by operations/resource.ts.
 */
import type { AssignmentView, JobPositionView, JobView, MatchingMode } from '../engine/model/job.ts';
import type { QueueStatisticsView, QueueView } from '../engine/model/queue.ts';
import type { Channel, OfferView, WorkerAssignmentView, WorkerView } from '../engine/model/worker.ts';
import type { ApiVersion } from './apiVersion.ts';
import { encodeWorkerSelector } from './encodePolicies.ts';
import { timestampText } from './timestamp.ts';

export const encodeQueue = ({ id, name, distributionPolicyId, labels, exceptionPolicyId }: QueueView) => ({
  id,
  name,
  distributionPolicyId,
  labels,
  exceptionPolicyId,
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

export const encodeWorker = (worker: WorkerView, version: ApiVersion) => ({
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
  ...(version === '2024-01-18-preview' && { maxConcurrentOffers: worker.maxConcurrentOffers }),
});

const encodeAssignment = (assignment: AssignmentView) => ({
  assignmentId: assignment.assignmentId,
  workerId: assignment.workerId,
  assignedAt: timestampText(assignment.assignedAt),
  completedAt: assignment.completedAt && timestampText(assignment.completedAt),
  closedAt: assignment.closedAt && timestampText(assignment.closedAt),
});

const encodeMatchingMode = (mode: MatchingMode) =>
  mode.kind === 'scheduleAndSuspend'
    ? { kind: mode.kind, scheduleAt: timestampText(mode.scheduleAt, mode.scheduleAtTicks) }
    : { kind: mode.kind };

export const encodeJob = (job: JobView) => ({
  id: job.id,
  channelReference: job.channelReference,
  status: job.status,
  enqueuedAt: job.enqueuedAt && timestampText(job.enqueuedAt),
  channelId: job.channelId,
  classificationPolicyId: job.classificationPolicyId,
  queueId: job.queueId,
  priority: job.priority,
  dispositionCode: job.dispositionCode,
  requestedWorkerSelectors: job.requestedWorkerSelectors.map(encodeWorkerSelector),
  attachedWorkerSelectors: job.attachedWorkerSelectors.map(encodeWorkerSelector),
  labels: job.labels,
  assignments: Object.fromEntries(
    job.assignments.map((assignment) => [assignment.assignmentId, encodeAssignment(assignment)]),
  ),
  tags: job.tags,
  notes: job.notes.map(({ message, addedAt, addedAtTicks }) => ({
    message,
    addedAt: timestampText(addedAt, addedAtTicks),
  })),
  scheduledAt: job.scheduledAt && timestampText(job.scheduledAt),
  matchingMode: encodeMatchingMode(job.matchingMode),
});

const wholeMinutes = (minutes: number | undefined) =>
  minutes === undefined ? undefined : Math.ceil(minutes);

/** Recorded: a position without history has no estimate. Estimates are whole minutes, rounded up. */
export const encodePosition = (position: JobPositionView) => ({
  jobId: position.jobId,
  position: position.position,
  queueId: position.queueId,
  queueLength: position.queueLength,
  estimatedWaitTimeMinutes: wholeMinutes(position.estimatedWaitTimeMinutes),
});

/** Recorded: the longest wait is a fraction, the estimates by priority are whole. */
export const encodeStatistics = (statistics: QueueStatisticsView) => ({
  queueId: statistics.queueId,
  length: statistics.length,
  estimatedWaitTimeMinutes:
    statistics.estimatedWaitTimeMinutes &&
    Object.fromEntries(
      Object.entries(statistics.estimatedWaitTimeMinutes).map(([priority, minutes]) => [
        priority,
        Math.ceil(minutes),
      ]),
    ),
  longestJobWaitTimeMinutes: statistics.longestJobWaitTimeMinutes,
});
