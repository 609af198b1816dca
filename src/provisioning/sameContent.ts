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

/** For each member: whether what the router holds is what is declared. */
export type Comparisons<Input, Resource> = {
  readonly [Member in keyof Required<Input>]: (
    declared: NonNullable<Input[Member]>,
    existing: Member extends keyof Resource ? Resource[Member] : undefined,
  ) => boolean;
};

const equal = (declared: unknown, existing: unknown) => declared === existing;

/** Labels the document does not declare belong to somebody else, and are left alone. */
const holdsLabels = (declared: Labels, existing: Labels | undefined): boolean =>
  Object.entries(declared).every(([key, value]) => existing?.[key] === value);

/** Same entries, in whatever order. Entries are compared by the text `keyOf` gives them. */
function sameEntries<Declared, Existing>(
  keyOf: (entry: Declared | Existing) => string,
): (declared: readonly Declared[], existing: readonly Existing[] | undefined) => boolean {
  return (declared, existing = []) => {
    const left = declared.map(keyOf).sort();
    const right = existing.map(keyOf).sort();
    return left.length === right.length && left.every((key, index) => key === right[index]);
  };
}

type Entry<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;
type Channel = Entry<WorkerInput['channels']> | Entry<Worker['channels']>;
type Selector = Entry<JobInput['requestedWorkerSelectors']> | Entry<Job['requestedWorkerSelectors']>;

const channelKey = ({ channelId, capacityCostPerJob, maxNumberOfJobs }: Channel) =>
  JSON.stringify([channelId, capacityCostPerJob, maxNumberOfJobs]);

const selectorKey = ({ key, labelOperator, value, expiresAfterSeconds, expedite = false }: Selector) =>
  JSON.stringify([key, labelOperator, value, expiresAfterSeconds, expedite]);

export const policyComparisons: Comparisons<DistributionPolicyInput, DistributionPolicy> = {
  name: equal,
  offerExpiresAfterSeconds: equal,
  mode: (declared, existing) =>
    existing !== undefined &&
    declared.kind === camelCased(existing.kind) &&
    [
      [declared.minConcurrentOffers, existing.minConcurrentOffers],
      [declared.maxConcurrentOffers, existing.maxConcurrentOffers],
      [declared.bypassSelectors, existing.bypassSelectors],
    ].every(([wanted, held]) => wanted === undefined || wanted === held),
};

export const queueComparisons: Comparisons<QueueInput, Queue> = {
  name: equal,
  distributionPolicyId: equal,
  labels: holdsLabels,
};

export const workerComparisons: Comparisons<WorkerInput, Worker> = {
  capacity: equal,
  queues: sameEntries((id: string) => id),
  labels: holdsLabels,
  tags: holdsLabels,
  channels: sameEntries(channelKey),
  // An expired offer switches a worker off by itself. Declared available, it is switched on again.
  availableForOffers: equal,
};

export const jobComparisons: Comparisons<JobInput, Job> = {
  channelId: equal,
  queueId: equal,
  channelReference: equal,
  priority: equal,
  requestedWorkerSelectors: sameEntries(selectorKey),
  labels: holdsLabels,
  tags: holdsLabels,
  // The router and its users add notes as a job proceeds; the declared ones must be among them.
  notes: (declared, existing = []) =>
    declared.every(({ message }) => existing.some((note) => note.message === message)),
};

/** The members of `declared` that the resource does not hold yet. */
export function changedMembers<Input extends object, Resource extends object>(
  declared: Input,
  existing: Resource,
  comparisons: Comparisons<Input, Resource>,
): (keyof Input & string)[] {
  const members = Object.keys(comparisons) as (keyof Input & string)[];
  return members.filter((member) => {
    const wanted = declared[member];
    if (wanted === undefined || wanted === null) return false;
    const held = Reflect.get(existing, member) as Parameters<Comparisons<Input, Resource>[typeof member]>[1];
    return !comparisons[member](wanted, held);
  });
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
