/** Why a job is or is not offered to the workers of its queue, as far as a router shows it. Pure. */
import * as z from 'zod';
import { labelOperator } from '../../src/jobRouter/inputs/selectors.ts';
import { satisfies } from '../../src/jobRouter/labelComparison.ts';
import { type DistributionPolicy, type Job, scalar, type Worker } from '../../src/jobRouter/wire.ts';

/** What there is to say about one worker. */
export interface WorkerExplanation {
  readonly workerId: string;
  readonly verdict: 'assigned' | 'offered' | 'couldBeOffered' | 'notOffered';
  readonly reasons: readonly string[];
}

/** What there is to say about a job. */
export interface Explanation {
  readonly jobId: string;
  readonly status: string;
  readonly queueId?: string;
  /** Why nobody is offered it just now, whoever they are. */
  readonly reasons: readonly string[];
  readonly workers: readonly WorkerExplanation[];
}

/** What is known. */
export interface Known {
  readonly job: Job;
  /** Of the job's queue. */
  readonly workers: readonly Worker[];
  /** Of the job's queue. */
  readonly policy: DistributionPolicy | undefined;
}

export function explainJob({ job, workers, policy }: Known): Explanation {
  const selectors = policy?.mode?.bypassSelectors === true ? [] : selectorsOf(job);
  return {
    jobId: job.id,
    status: job.status ?? 'unknown',
    ...(job.queueId !== undefined && { queueId: job.queueId }),
    reasons: reasonsForNobody(job, workers, policy),
    workers: workers.map((worker) => explainWorker(job, worker, selectors)),
  };
}

function reasonsForNobody(
  job: Job,
  workers: readonly Worker[],
  policy: DistributionPolicy | undefined,
): string[] {
  if (job.queueId === undefined) return ['The job is in no queue.'];
  if (job.status !== 'queued')
    return [`The job is ${job.status ?? 'unknown'}; only queued jobs are offered.`];
  if (workers.length === 0) return ['The queue has no workers.'];
  const most = policy?.mode?.maxConcurrentOffers;
  const open = workers.filter((worker) => hasOfferOf(worker, job)).length;
  if (most === undefined || open < most) return [];
  return [`It has as many open offers as its distribution policy allows: ${most}.`];
}

const hasOfferOf = ({ offers = [] }: Worker, job: Job): boolean =>
  offers.some(({ jobId }) => jobId === job.id);

function explainWorker(job: Job, worker: Worker, selectors: readonly FoundSelector[]): WorkerExplanation {
  const about = { workerId: worker.id };
  if (worker.assignedJobs?.some(({ jobId }) => jobId === job.id)) {
    return { ...about, verdict: 'assigned', reasons: [] };
  }
  if (hasOfferOf(worker, job)) return { ...about, verdict: 'offered', reasons: [] };
  const reasons = [
    ...dutyReasons(worker),
    ...channelReasons(worker, job),
    ...selectors.flatMap((selector) => selectorReasons(worker, selector)),
  ];
  return { ...about, verdict: reasons.length === 0 ? 'couldBeOffered' : 'notOffered', reasons };
}

function dutyReasons({ state, availableForOffers }: Worker): string[] {
  if (availableForOffers === true && (state ?? 'active') === 'active') return [];
  return [`The worker is not available for offers (${state ?? 'off duty'}).`];
}

function channelReasons(worker: Worker, { channelId = '' }: Job): string[] {
  const channel = worker.channels?.find((one) => one.channelId === channelId);
  if (!channel) return [`The worker does not serve channel ${channelId}.`];
  const { capacity = 0, loadRatio = 0 } = worker;
  const free = Math.round(capacity * (1 - loadRatio));
  if (channel.capacityCostPerJob <= free) return [];
  return [
    `The worker has no room: a job on ${channelId} costs ${channel.capacityCostPerJob}, and ${free} of ${capacity} is free.`,
  ];
}

const selector = z.looseObject({
  key: z.string(),
  labelOperator,
  value: scalar.optional(),
  status: z.string().optional(),
});

type FoundSelector = z.infer<typeof selector> & { readonly from: 'requested' | 'attached' };

/** Those that still count. */
function selectorsOf({
  requestedWorkerSelectors = [],
  attachedWorkerSelectors,
}: Job): readonly FoundSelector[] {
  const attached = z.array(z.unknown()).catch([]).parse(attachedWorkerSelectors);
  return [
    ...requestedWorkerSelectors.map((value) => ({ value, from: 'requested' as const })),
    ...attached.map((value) => ({ value, from: 'attached' as const })),
  ].flatMap(({ value, from }) => {
    const { data } = selector.safeParse(value);
    return data && data.status !== 'expired' ? [{ ...data, from }] : [];
  });
}

function selectorReasons({ labels = {} }: Worker, wanted: FoundSelector): string[] {
  const { key, labelOperator: operator, value, from } = wanted;
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (satisfies(label, wanted)) return [];
  const held = label === undefined ? 'the worker has no such label' : `the label is ${JSON.stringify(label)}`;
  return [`The ${from} selector ${key} ${operator} ${JSON.stringify(value)} does not hold: ${held}.`];
}
