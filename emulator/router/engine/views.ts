/**
 * The one place where state becomes what the world sees. States are immutable, so a view is made once per
 * state, when somebody first looks, and can be handed out without copying.
 */
import type { DistributionPolicy } from './distributionPolicy.ts';
import { type Job, shownAssignments } from './job.ts';
import type { DistributionPolicyView, JobView, OfferView, QueueView, WorkerView } from './model.ts';
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
  ({ id, content: { name, ...content }, revision }) => ({
    id,
    ...(name !== undefined && { name }),
    ...content,
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

export const workerView = oncePerState<Worker, WorkerView>((worker) => ({
  id: worker.id,
  state: worker.standing.state,
  ...worker.content,
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
    queueId: content.queueId,
    priority: content.priority,
    ...(dispositionCode !== undefined && { dispositionCode }),
    requestedWorkerSelectors: content.selectors,
    labels: content.labels,
    assignments: shownAssignments(job),
    tags: content.tags,
    notes: content.notes,
    matchingMode: content.matchingMode,
    revision: job.revision,
  };
});
