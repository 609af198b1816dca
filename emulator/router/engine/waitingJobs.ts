import type { Instant } from '../../clock/instant.ts';
import type { JobId, QueueId, WorkerId } from './ids.ts';
import { type Decline, type JobContent, mayBeOffered, type QueuedJob, queueOf } from './job.ts';
import { OrderedList } from './orderedList.ts';
import { activeOnes, type Signature, satisfiesAll, signatureOf } from './selectors.ts';
import { channelWithRoom, type Worker } from './worker.ts';

/** A job's place among the waiting: which workers can serve it, and who goes before whom. */
export interface WaitingJob {
  readonly jobId: JobId;
  readonly queueId: QueueId;
  readonly signature: Signature;
  readonly isExpedited: boolean;
  readonly priority: number;
  readonly enqueuedAt: Instant;
  readonly creationNumber: number;
  /** Who has declined the job so far. */
  readonly declines: ReadonlyMap<WorkerId, Decline>;
}

type Demand = Pick<WaitingJob, 'signature' | 'isExpedited'>;

const demands = new WeakMap<JobContent, Demand>();

/** Most moves leave a job's content alone, so what it asks of workers is worked out once per content. */
function demandOf(content: JobContent): Demand {
  const known = demands.get(content);
  if (known) return known;
  const selectors = activeOnes([...content.selectors, ...content.attachedSelectors]);
  const signature = signatureOf(content.channelId, selectors);
  const demand = { signature, isExpedited: selectors.some(({ expedite }) => expedite) };
  demands.set(content, demand);
  return demand;
}

export function waitingPlace(job: QueuedJob): WaitingJob {
  const { signature, isExpedited } = demandOf(job.content);
  return {
    jobId: job.id,
    queueId: queueOf(job),
    signature,
    isExpedited,
    priority: job.content.priority,
    enqueuedAt: job.state.enqueuedAt,
    creationNumber: job.creationNumber,
    declines: job.declines,
  };
}

export const isSamePlace = (a: WaitingJob, b: WaitingJob): boolean =>
  a.queueId === b.queueId &&
  a.signature.key === b.signature.key &&
  a.isExpedited === b.isExpedited &&
  a.priority === b.priority &&
  a.enqueuedAt === b.enqueuedAt &&
  a.creationNumber === b.creationNumber;

/** Documented: expedite, then priority, larger first, then seniority. Creation order breaks ties. */
export function goesBefore(a: WaitingJob, b: WaitingJob): boolean {
  if (a.isExpedited !== b.isExpedited) return a.isExpedited;
  if (a.priority !== b.priority) return a.priority > b.priority;
  if (a.enqueuedAt !== b.enqueuedAt) return a.enqueuedAt < b.enqueuedAt;
  return a.creationNumber < b.creationNumber;
}

/** True when the worker has the channel, the room and, unless they are bypassed, the labels. */
export const canServe = (worker: Worker, signature: Signature, bypassSelectors: boolean): boolean =>
  channelWithRoom(worker, signature.channelId) !== undefined &&
  (bypassSelectors || satisfiesAll(worker.content.labels, signature.selectors));

/** What one worker declined among the jobs of a group, in its latest registration that declined any. */
interface Declined {
  readonly registration: number;
  readonly jobs: OrderedList<WaitingJob>;
}

/** The jobs of one signature. */
class Group {
  readonly signature: Signature;
  readonly jobs = new OrderedList(goesBefore);
  readonly #declined = new Map<WorkerId, Declined>();

  constructor(signature: Signature) {
    this.signature = signature;
  }

  add(job: WaitingJob): void {
    this.jobs.add(job);
    for (const [workerId, { registration }] of job.declines)
      this.#declinedIn(workerId, registration)?.add(job);
  }

  remove(job: WaitingJob): void {
    this.jobs.remove(job);
    for (const workerId of job.declines.keys()) {
      const declined = this.#declined.get(workerId);
      declined?.jobs.remove(job);
      if (declined?.jobs.length === 0) this.#declined.delete(workerId);
    }
  }

  #declinedIn(workerId: WorkerId, registration: number): OrderedList<WaitingJob> | undefined {
    const latest = this.#declined.get(workerId);
    if (latest && latest.registration >= registration) {
      return latest.registration === registration ? latest.jobs : undefined;
    }
    const jobs = new OrderedList(goesBefore);
    this.#declined.set(workerId, { registration, jobs });
    return jobs;
  }

  /**
   * The jobs the worker has not declined, in order, found by leaping over the declined ones: these are some of the
   * jobs, in the same order, so where both lists agree on one job, they agree on all between it and the last leap.
   */
  *notDeclinedBy(worker: Worker): Generator<WaitingJob, void, undefined> {
    const declined = this.#declined.get(worker.id);
    if (!declined || declined.registration !== worker.registration) {
      yield* this.jobs;
      return;
    }
    for (let [rank, declinedBefore] = [0, 0]; rank < this.jobs.length; rank += 1) {
      const leap = agreement(this.jobs, rank, declined.jobs, declinedBefore);
      rank += leap;
      declinedBefore += leap;
      const job = this.jobs.at(rank);
      if (job) yield job;
    }
  }
}

/** For how many items both lists agree, from these ranks on; once they differ, they go on to differ. */
function agreement<Item>(
  list: OrderedList<Item>,
  rank: number,
  part: OrderedList<Item>,
  from: number,
): number {
  let [low, high] = [0, part.length - from];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (part.at(from + middle) === list.at(rank + middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The waiting jobs of one queue, by signature. A worker is compared with signatures, never with each job. */
export class WaitingJobs {
  readonly #groups = new Map<string, Group>();

  add(job: WaitingJob): void {
    const { signature } = job;
    const group = this.#groups.get(signature.key) ?? new Group(signature);
    this.#groups.set(signature.key, group);
    group.add(job);
  }

  /** The very one that was added. */
  remove(job: WaitingJob): void {
    const group = this.#groups.get(job.signature.key);
    group?.remove(job);
    if (group?.jobs.length === 0) this.#groups.delete(job.signature.key);
  }

  /**
   * The first job for this worker that goes before `bound`. Walks past the head of a group only over jobs that
   * this worker already has an offer for.
   */
  bestFor(
    worker: Worker,
    bypassSelectors: boolean,
    bound: WaitingJob | undefined,
    jobOf: (place: WaitingJob) => QueuedJob | undefined,
  ): WaitingJob | undefined {
    let best = bound;
    for (const group of this.#groups.values()) {
      const { signature, jobs } = group;
      const head = jobs.first();
      if (!head || (best && !goesBefore(head, best)) || !canServe(worker, signature, bypassSelectors))
        continue;
      for (const place of group.notDeclinedBy(worker)) {
        if (best && !goesBefore(place, best)) break;
        const job = jobOf(place);
        if (!job || !mayBeOffered(job, worker)) continue;
        best = place;
        break;
      }
    }
    return best === bound ? undefined : best;
  }
}
