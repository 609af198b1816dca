/**
 * Whether a resource already is what the document declares. Only what is declared counts: the router fills in
 * defaults and an automatic label `Id`, and reporting those as differences would make every run an update.
 *
 * The tables name every member of the input types, so a member added there does not compile until it is
 * decided here how it compares.
 */
import {
  camelCased,
  type DistributionPolicy,
  type DistributionPolicyInput,
  type Job,
  type JobInput,
  type Labels,
  type Queue,
  type QueueInput,
  type Worker,
  type WorkerInput,
} from '../jobRouter/wire.ts';

/** For each member: whether what is declared is what the resource already holds. */
export type Comparisons<Input, Resource> = {
  readonly [Member in keyof Required<Input>]: (
    declared: NonNullable<Input[Member]>,
    existing: Resource,
  ) => boolean;
};

/** Labels the document does not declare belong to somebody else, and are left alone. */
const holdsLabels = (declared: Labels, existing: Labels | undefined): boolean =>
  Object.entries(declared).every(([key, value]) => existing?.[key] === value);

/** Same entries, in whatever order. Entries are compared by the text `keyOf` gives them. */
function sameEntries<Entry>(
  keyOf: (entry: Entry) => string,
  declared: readonly Entry[],
  existing: readonly Entry[] = [],
): boolean {
  const left = declared.map(keyOf).sort();
  const right = existing.map(keyOf).sort();
  return left.length === right.length && left.every((key, index) => key === right[index]);
}

type Entry<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;
type Channel = Entry<WorkerInput['channels']> | Entry<Worker['channels']>;
type Selector = Entry<JobInput['requestedWorkerSelectors']> | Entry<Job['requestedWorkerSelectors']>;

const channelKey = ({ channelId, capacityCostPerJob, maxNumberOfJobs }: Channel) =>
  JSON.stringify([channelId, capacityCostPerJob, maxNumberOfJobs]);

const selectorKey = ({ key, labelOperator, value, expiresAfterSeconds, expedite = false }: Selector) =>
  JSON.stringify([key, labelOperator, value, expiresAfterSeconds, expedite]);

/** How declared policies compare with what the router holds. */
export const policyComparisons: Comparisons<DistributionPolicyInput, DistributionPolicy> = {
  name: (name, held) => name === held.name,
  offerExpiresAfterSeconds: (seconds, held) => seconds === held.offerExpiresAfterSeconds,
  mode: (declared, { mode }) =>
    mode !== undefined &&
    declared.kind === camelCased(mode.kind) &&
    [
      [declared.minConcurrentOffers, mode.minConcurrentOffers],
      [declared.maxConcurrentOffers, mode.maxConcurrentOffers],
      [declared.bypassSelectors, mode.bypassSelectors],
    ].every(([wanted, held]) => wanted === undefined || wanted === held),
};

/** How declared queues compare. */
export const queueComparisons: Comparisons<QueueInput, Queue> = {
  name: (name, held) => name === held.name,
  distributionPolicyId: (id, held) => id === held.distributionPolicyId,
  labels: (labels, held) => holdsLabels(labels, held.labels),
};

/** How declared workers compare. */
export const workerComparisons: Comparisons<WorkerInput, Worker> = {
  capacity: (capacity, held) => capacity === held.capacity,
  queues: (queues, held) => sameEntries((id: string) => id, queues, held.queues),
  labels: (labels, held) => holdsLabels(labels, held.labels),
  tags: (tags, held) => holdsLabels(tags, held.tags),
  channels: (channels, held) => sameEntries(channelKey, channels, held.channels),
  // An expired offer switches a worker off by itself. Declared available, it is switched on again.
  availableForOffers: (isAvailable, held) => isAvailable === held.availableForOffers,
};

/** How declared jobs compare. */
export const jobComparisons: Comparisons<JobInput, Job> = {
  channelId: (id, held) => id === held.channelId,
  queueId: (id, held) => id === held.queueId,
  channelReference: (reference, held) => reference === held.channelReference,
  priority: (priority, held) => priority === held.priority,
  requestedWorkerSelectors: (selectors, held) =>
    sameEntries(selectorKey, selectors, held.requestedWorkerSelectors),
  labels: (labels, held) => holdsLabels(labels, held.labels),
  tags: (tags, held) => holdsLabels(tags, held.tags),
  // The router and its users add notes as a job proceeds; the declared ones must be among them.
  notes: (notes, held) =>
    notes.every(({ message }) => (held.notes ?? []).some((note) => note.message === message)),
};

/** The members of `declared` that the resource does not hold yet. */
export function changedMembers<Input extends object, Resource>(
  declared: Input,
  existing: Resource,
  comparisons: Comparisons<Input, Resource>,
): (keyof Input & string)[] {
  const changed: (keyof Input & string)[] = [];
  for (const member in comparisons) {
    const wanted = declared[member];
    if (wanted === undefined || wanted === null) continue;
    if (!comparisons[member](wanted, existing)) changed.push(member);
  }
  return changed;
}

/**
 * Whether a job is the one that `request` asks for, all of it: what the request leaves out must be what the
 * router fills in. A job has no automatic label, so its labels and tags must be the very same.
 */
export function isJobAsked(request: JobInput, job: Job): boolean {
  const whole = { priority: 1, labels: {}, tags: {}, requestedWorkerSelectors: [], ...request };
  return (
    changedMembers(whole, job, jobComparisons).length === 0 &&
    request.channelReference === job.channelReference &&
    holdsLabels(job.labels ?? {}, whole.labels) &&
    holdsLabels(job.tags ?? {}, whole.tags)
  );
}
