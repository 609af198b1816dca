/** Says for a job why each worker of its queue was or was not offered it. Looks at everybody: it is for people. */
import type { JobId } from './ids.ts';
import { assignmentOf, isIn, isOpen, type Job, openOffersOf, queueOf } from './job.ts';
import type { JobExplanation, SelectorExplanation, WorkerExplanation } from './model/explanation.ts';
import type { WorkerSelector } from './model/selectors.ts';
import type { Offer } from './offer.ts';
import { activeOnes, labelOf, satisfies } from './selectors.ts';
import { known, policyOf, type Store } from './store.ts';
import { channelWithRoom, isRegistered, shownOffersOf, type Worker } from './worker.ts';

export function explainJob(store: Store, jobId: JobId): JobExplanation | undefined {
  const job = store.jobs.get(jobId);
  if (!job) return undefined;
  const { queueId } = job.content;
  const board = queueId === undefined ? undefined : store.boards.get(queueId);
  const workers = [...(board?.assignedWorkers ?? [])].sort().map((id) => known(store.workers, id));
  return {
    jobId,
    status: job.state.status,
    ...(queueId !== undefined && { queueId }),
    reasons: reasonsForNobody(store, job),
    workers: workers.map((worker) => explainWorker(store, job, worker)),
  };
}

function reasonsForNobody(store: Store, job: Job): readonly string[] {
  if (!isOpen(job)) return [`The job is ${job.state.status}.`];
  if (!isIn(job, 'queued')) return [`The job is ${job.state.status}; only queued jobs are offered.`];
  const { mode } = policyOf(store, queueOf(job)).content;
  if (store.scorings.has(job.id)) return ['The scores of its workers are being asked for.'];
  if (job.state.offers.length < mode.maxConcurrentOffers) return [];
  return [`It has as many open offers as its distribution policy allows: ${mode.maxConcurrentOffers}.`];
}

function explainWorker(store: Store, job: Job, worker: Worker): WorkerExplanation {
  const selectors = explainSelectors(job, worker);
  const told = { workerId: worker.id, selectors };
  if (assignmentOf(job)?.workerId === worker.id) return { ...told, verdict: 'assigned', reasons: [] };
  const offer = openOffersOf(job).find(({ workerId }) => workerId === worker.id);
  if (offer) return { ...told, verdict: 'offered', reasons: reasonsToHide(offer, worker) };
  const reasons = reasonsAgainst(store, job, worker, selectors);
  return { ...told, verdict: reasons.length === 0 ? 'couldBeOffered' : 'notOffered', reasons };
}

const reasonsToHide = ({ offerId }: Offer, worker: Worker): readonly string[] =>
  shownOffersOf(worker).some((shown) => shown.offerId === offerId)
    ? []
    : ['The offer shows when an earlier one is gone: the worker limits its offers.'];

function explainSelectors({ content }: Job, worker: Worker): readonly SelectorExplanation[] {
  const explain =
    (from: SelectorExplanation['from']) =>
    (selector: WorkerSelector): SelectorExplanation => {
      const label = labelOf(worker.content.labels, selector.key);
      return { selector, from, ...(label !== undefined && { label }), holds: satisfies(label, selector) };
    };
  return [
    ...content.selectors.map(explain('requested')),
    ...content.attachedSelectors.map(explain('attached')),
  ];
}

function reasonsAgainst(
  store: Store,
  job: Job,
  worker: Worker,
  selectors: readonly SelectorExplanation[],
): readonly string[] {
  const { channelId, queueId } = job.content;
  const channel = worker.content.channels.find((candidate) => candidate.channelId === channelId);
  const isBypassed = queueId !== undefined && policyOf(store, queueId).content.mode.bypassSelectors;
  const failed = isBypassed ? [] : activeFailures(selectors);
  return [
    ...(isRegistered(worker) ? [] : [`The worker is ${worker.standing.state}.`]),
    ...(channel ? [] : [`The worker does not serve channel ${channelId}.`]),
    ...(channel && !channelWithRoom(worker, channelId) ? [fullness(worker, channel)] : []),
    ...failed.map(describe),
    ...(hasDeclined(job, worker) ? ['The worker has declined the job in its present registration.'] : []),
  ];
}

const activeFailures = (selectors: readonly SelectorExplanation[]): readonly SelectorExplanation[] =>
  selectors.filter(({ selector, holds }) => !holds && activeOnes([selector]).length > 0);

const hasDeclined = (job: Job, worker: Worker): boolean =>
  job.declines.get(worker.id)?.registration === worker.registration;

const fullness = (
  { load, content: { capacity } }: Worker,
  { channelId, capacityCostPerJob, maxNumberOfJobs }: Worker['content']['channels'][number],
): string =>
  load + capacityCostPerJob > capacity
    ? `The worker has no room: a job on ${channelId} costs ${capacityCostPerJob}, and ${capacity - load} of ${capacity} is free.`
    : `The worker has as many jobs on ${channelId} as it may: ${maxNumberOfJobs}.`;

const describe = ({ selector: { key, labelOperator, value }, from, label }: SelectorExplanation): string =>
  `The ${from} selector ${key} ${labelOperator} ${JSON.stringify(value)} does not hold: ` +
  (label === undefined ? 'the worker has no such label.' : `the label is ${JSON.stringify(label)}.`);
