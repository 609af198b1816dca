/**
 * The one place where state becomes what the world sees. States are immutable, so a view is made once per
 * state, when somebody first looks, and can be handed out without copying.
 */
import type { ClassificationPolicy } from './classificationPolicy.ts';
import type { DistributionPolicy } from './distributionPolicy.ts';
import type { ExceptionPolicy } from './exceptionPolicy.ts';
import { type Job, shownAssignments } from './job.ts';
import type {
  ClassificationPolicyView,
  DistributionPolicyView,
  ExceptionPolicyView,
  JobView,
  OfferView,
  QueueView,
  WorkerView,
} from './model.ts';
import type { Offer } from './offer.ts';
import type { Queue } from './queue.ts';
import { assignmentsOf, isRegistered, loadRatio, offersOf, type Worker } from './worker.ts';

function oncePerState<State extends object, View>(show: (state: State) => View): (state: State) => View {
  const shown = new WeakMap<State, View>();
  return (state) => {
    const known = shown.get(state);
    if (known !== undefined) return known;
    const view = show(state);
    shown.set(state, view);
    return view;
  };
}

export const distributionPolicyView = oncePerState<DistributionPolicy, DistributionPolicyView>(
  ({ id, content: { name, ...content }, revision }) => ({
    id,
    ...(name !== undefined && { name }),
    ...content,
    revision,
  }),
);

export const queueView = oncePerState<Queue, QueueView>(
  ({ id, content: { name, exceptionPolicyId, ...content }, revision }) => ({
    id,
    ...(name !== undefined && { name }),
    ...content,
    ...(exceptionPolicyId !== undefined && { exceptionPolicyId }),
    revision,
  }),
);

export const classificationPolicyView = oncePerState<ClassificationPolicy, ClassificationPolicyView>(
  ({ id, content: { name, fallbackQueueId, prioritizationRule, ...attachments }, revision }) => ({
    id,
    ...(name !== undefined && { name }),
    ...(fallbackQueueId !== undefined && { fallbackQueueId }),
    ...(prioritizationRule !== undefined && { prioritizationRule }),
    ...attachments,
    revision,
  }),
);

export const exceptionPolicyView = oncePerState<ExceptionPolicy, ExceptionPolicyView>(
  ({ id, content: { name, exceptionRules }, revision }) => ({
    id,
    ...(name !== undefined && { name }),
    exceptionRules,
    revision,
  }),
);

export const offerView = oncePerState<Offer, OfferView>(
  ({ offerId, jobId, capacityCost, offeredAt, expiresAt }) => ({
    offerId,
    jobId,
    capacityCost,
    offeredAt,
    expiresAt,
  }),
);

const workerContent = ({ content: { maxConcurrentOffers, ...content } }: Worker) => ({
  ...content,
  ...(maxConcurrentOffers !== undefined && { maxConcurrentOffers }),
});

export const workerView = oncePerState<Worker, WorkerView>((worker) => ({
  id: worker.id,
  state: worker.standing.state,
  ...workerContent(worker),
  offers: offersOf(worker).map(offerView),
  assignedJobs: assignmentsOf(worker).map(({ channelId: _, ...shown }) => shown),
  loadRatio: loadRatio(worker),
  availableForOffers: isRegistered(worker),
  revision: worker.revision,
}));

export const jobView = oncePerState<Job, JobView>((job) => {
  const { channelReference, dispositionCode, ...content } = job.content;
  const enqueuedAt = 'enqueuedAt' in job.state ? job.state.enqueuedAt : undefined;
  return {
    id: job.id,
    ...(channelReference !== undefined && { channelReference }),
    status: job.state.status,
    ...(enqueuedAt !== undefined && { enqueuedAt }),
    channelId: content.channelId,
    ...(content.classificationPolicyId !== undefined && {
      classificationPolicyId: content.classificationPolicyId,
    }),
    ...(content.queueId !== undefined && { queueId: content.queueId }),
    priority: content.priority,
    ...(dispositionCode !== undefined && { dispositionCode }),
    requestedWorkerSelectors: content.selectors,
    attachedWorkerSelectors: content.attachedSelectors,
    labels: content.labels,
    assignments: shownAssignments(job),
    tags: content.tags,
    notes: content.notes,
    ...(job.scheduledAt !== undefined && { scheduledAt: job.scheduledAt }),
    matchingMode: content.matchingMode,
    revision: job.revision,
  };
});
