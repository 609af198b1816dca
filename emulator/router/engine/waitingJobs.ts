import type { JobId, QueueId } from './ids.ts';
import { type JobContent, mayBeOffered, type QueuedJob } from './job.ts';
import { OrderedList } from './orderedList.ts';
import { type Signature, satisfiesAll, signatureOf } from './selectors.ts';
import { channelWithRoom, type Worker } from './worker.ts';

/** A job's place among the waiting: which workers can serve it, and who goes before whom. */
export interface WaitingJob {
  readonly jobId: JobId;
  readonly queueId: QueueId;
  readonly signature: Signature;
  readonly isExpedited: boolean;
  readonly priority: number;
  readonly enqueuedAt: number;
  readonly creationNumber: number;
}

const signatures = new WeakMap<JobContent, Signature>();

/** Most moves leave a job's content alone, so its signature is worked out once per content. */
function signatureFor(content: JobContent): Signature {
  const known = signatures.get(content);
  if (known) return known;
  const signature = signatureOf(content.channelId, content.selectors);
  signatures.set(content, signature);
  return signature;
}

export const waitingPlace = (job: QueuedJob): WaitingJob => ({
  jobId: job.id,
  queueId: job.content.queueId,
  signature: signatureFor(job.content),
  isExpedited: job.content.selectors.some((selector) => selector.expedite),
  priority: job.content.priority,
  enqueuedAt: job.state.enqueuedAt,
  creationNumber: job.creationNumber,
});

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

interface Group {
  readonly signature: Signature;
  readonly jobs: OrderedList<WaitingJob>;
}

/** The waiting jobs of one queue, by signature. A worker is compared with signatures, never with each job. */
export class WaitingJobs {
  readonly #groups = new Map<string, Group>();

  add(job: WaitingJob): void {
    const { signature } = job;
    const group = this.#groups.get(signature.key) ?? { signature, jobs: new OrderedList(goesBefore) };
    this.#groups.set(signature.key, group);
    group.jobs.add(job);
  }

  remove(job: WaitingJob): void {
    const { jobs } = this.#groups.get(job.signature.key) ?? {};
    jobs?.remove(job);
    if (jobs?.first() === undefined) this.#groups.delete(job.signature.key);
  }

  /**
   * The first job for this worker that goes before `bound`. Walks past the head of a group only over jobs that
   * this worker declined or already has an offer for.
   */
  bestFor(
    worker: Worker,
    bypassSelectors: boolean,
    bound: WaitingJob | undefined,
    jobOf: (place: WaitingJob) => QueuedJob | undefined,
  ): WaitingJob | undefined {
    let best = bound;
    for (const { signature, jobs } of this.#groups.values()) {
      const head = jobs.first();
      if (!head || (best && !goesBefore(head, best)) || !canServe(worker, signature, bypassSelectors))
        continue;
      for (const place of jobs) {
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
