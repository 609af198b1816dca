/**
 * The one place where state becomes what the world sees. States are immutable, so a view can be handed out without
 * copying. What seldom changes is shown once per state. Jobs, workers and offers change with every command; each look
 * at them makes a new view, which costs less than remembering the last one, and no spreading, which costs most.
 */
import type { ClassificationPolicy } from './classificationPolicy.ts';
import type { DistributionPolicy } from './distributionPolicy.ts';
import type { ExceptionPolicy } from './exceptionPolicy.ts';
import { type Job, shownAssignments } from './job.ts';
import type { ClassificationPolicyView } from './model/classificationPolicy.ts';
import type { DistributionPolicyView } from './model/distributionPolicy.ts';
import type { ExceptionPolicyView } from './model/exceptionPolicy.ts';
import type { JobView } from './model/job.ts';
import type { QueueView } from './model/queue.ts';
import type { WorkerSelector } from './model/selectors.ts';
import type { OfferView, WorkerAssignmentView, WorkerView } from './model/worker.ts';
import type { Offer } from './offer.ts';
import type { Queue } from './queue.ts';
import {
  assignmentsOf,
  type HeldAssignment,
  isRegistered,
  shownLoadRatio,
  shownOffersOf,
  type Worker,
} from './worker.ts';

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

/** A view under construction: what is optional is added only where there is a value. */
export type Growing<View> = { -readonly [Member in keyof View]: View[Member] };

export const offerView = ({ offerId, jobId, capacityCost, offeredAt, expiresAt }: Offer): OfferView => ({
  offerId,
  jobId,
  capacityCost,
  offeredAt,
  expiresAt,
});

const assignmentView = ({
  assignmentId,
  jobId,
  capacityCost,
  assignedAt,
}: HeldAssignment): WorkerAssignmentView => ({ assignmentId, jobId, capacityCost, assignedAt });

export function workerView(worker: Worker): WorkerView {
  const { content } = worker;
  const view: Growing<WorkerView> = {
    id: worker.id,
    state: worker.standing.state,
    queues: content.queues,
    capacity: content.capacity,
    labels: content.labels,
    tags: content.tags,
    channels: content.channels,
    offers: shownOffersOf(worker).map(offerView),
    assignedJobs: assignmentsOf(worker).map(assignmentView),
    loadRatio: shownLoadRatio(worker),
    availableForOffers: isRegistered(worker),
    revision: worker.revision,
  };
  if (content.maxConcurrentOffers !== undefined) view.maxConcurrentOffers = content.maxConcurrentOffers;
  return view;
}

const hidesClock = ({ status, expiresAt }: WorkerSelector) => status !== 'expired' && expiresAt !== undefined;

/** Recorded: the clock of a selector is not shown while it runs. Where we guessed: it is shown afterwards. */
function shownSelector(selector: WorkerSelector): WorkerSelector {
  if (!hidesClock(selector)) return selector;
  const { expiresAt: _, ...shown } = selector;
  return shown;
}

const shownSelectors = (selectors: readonly WorkerSelector[]): readonly WorkerSelector[] =>
  selectors.some(hidesClock) ? selectors.map(shownSelector) : selectors;

export function jobView(job: Job): JobView {
  const { content, state } = job;
  const enqueuedAt = 'enqueuedAt' in state ? state.enqueuedAt : undefined;
  const view: Growing<JobView> = {
    id: job.id,
    status: state.status,
    channelId: content.channelId,
    priority: content.priority,
    requestedWorkerSelectors: shownSelectors(content.selectors),
    attachedWorkerSelectors: shownSelectors(content.attachedSelectors),
    labels: content.labels,
    assignments: shownAssignments(job),
    tags: content.tags,
    notes: content.notes,
    matchingMode: content.matchingMode,
    revision: job.revision,
  };
  if (content.channelReference !== undefined) view.channelReference = content.channelReference;
  if (enqueuedAt !== undefined) view.enqueuedAt = enqueuedAt;
  if (content.classificationPolicyId !== undefined)
    view.classificationPolicyId = content.classificationPolicyId;
  if (content.queueId !== undefined) view.queueId = content.queueId;
  if (content.dispositionCode !== undefined) view.dispositionCode = content.dispositionCode;
  if (job.scheduledAt !== undefined) view.scheduledAt = job.scheduledAt;
  return view;
}
