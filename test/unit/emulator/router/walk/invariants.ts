/** What must hold of a router at any time, told by what it shows and by the facts alone. */
import { expect } from 'vitest';
import type { Fact } from '../../../../../emulator/router/engine/facts.ts';
import type { JobView } from '../../../../../emulator/router/engine/model/job.ts';
import type { WorkerView } from '../../../../../emulator/router/engine/model/worker.ts';
import { activeOnes, satisfiesAll } from '../../../../../emulator/router/engine/selectors.ts';
import type { Walk } from './walk.ts';

const costOf = (held: readonly { readonly capacityCost: number }[]): number =>
  held.reduce((sum, { capacityCost }) => sum + capacityCost, 0);

const loadOf = ({ offers, assignedJobs }: WorkerView): number => costOf(offers) + costOf(assignedJobs);

/** Whatever is counted stays in here between two checks. */
export class Ledger {
  /** Offers that were issued and have not ended, by id. */
  readonly #open = new Map<string, string>();
  readonly #ended = new Set<string>();
  readonly #loads = new Map<string, number>();
  #factsSeen = 0;

  check(walk: Walk): void {
    const facts = walk.facts.slice(this.#factsSeen);
    this.#factsSeen = walk.facts.length;
    for (const fact of facts) this.#follow(fact);
    this.#checkOffers(walk);
    this.#checkLoads(walk);
    checkPlaces(walk);
    checkLines(walk);
  }

  /** Each offer is issued once and ends once, however it ends. */
  #follow(fact: Fact): void {
    if (!('offer' in fact)) return;
    const { offerId } = fact.offer;
    if (fact.type === 'WorkerOfferIssued') {
      expect(this.#open.has(offerId) || this.#ended.has(offerId)).toBe(false);
      this.#open.set(offerId, `${fact.job.id} for ${fact.worker.id}`);
      const { worker } = fact;
      expect(loadOf(worker)).toBeLessThanOrEqual(worker.capacity);
      if (worker.maxConcurrentOffers === undefined)
        expect(worker.loadRatio).toBeCloseTo(loadOf(worker) / worker.capacity);
    } else {
      expect(this.#open.delete(offerId)).toBe(true);
      this.#ended.add(offerId);
    }
  }

  /** An offer for every promise, and none left behind. */
  #checkOffers({ router }: Walk): void {
    const shown = router.read
      .workers()
      .flatMap((worker) => worker.offers.map(({ offerId, jobId }) => [offerId, `${jobId} for ${worker.id}`]));
    expect(new Map(shown.map(([offerId, text]) => [offerId, text]))).toEqual(this.#open);
  }

  /** Nothing is taken on beyond the capacity; an edit may leave a worker with more than it now has room for. */
  #checkLoads({ router }: Walk): void {
    for (const worker of router.read.workers()) {
      const load = loadOf(worker);
      expect(load).toBeLessThanOrEqual(Math.max(worker.capacity, this.#loads.get(worker.id) ?? 0));
      this.#loads.set(worker.id, load);
      if (worker.maxConcurrentOffers === undefined) {
        expect(worker.loadRatio).toBeCloseTo(load === 0 ? 0 : Math.min(1, load / worker.capacity));
      } else {
        // Offers that do not show yet hold capacity as well.
        expect(worker.loadRatio).toBeGreaterThanOrEqual(
          load === 0 ? 0 : Math.min(1, load / worker.capacity) - 1e-9,
        );
        expect(worker.offers.length).toBeLessThanOrEqual(worker.maxConcurrentOffers);
      }
    }
  }
}

/** A job is offered, or assigned to one worker, or neither; and its status says which. */
function checkPlaces({ router: { read } }: Walk): void {
  const jobs = new Map(read.jobs().map((job) => [job.id, job]));
  const assigned = new Map<string, string>();
  for (const worker of read.workers()) {
    expect(worker.availableForOffers).toBe(worker.state === 'active');
    if (worker.state !== 'active') expect(worker.offers).toEqual([]);
    expect(worker.state === 'draining').toBe(!worker.availableForOffers && worker.assignedJobs.length > 0);
    expect(new Set(worker.offers.map((offer) => offer.jobId)).size).toBe(worker.offers.length);
    for (const offer of worker.offers) expect(jobs.get(offer.jobId)?.status).toBe('queued');
    for (const { jobId, assignmentId } of worker.assignedJobs) {
      expect(assigned.has(jobId)).toBe(false);
      assigned.set(jobId, assignmentId);
    }
  }
  for (const job of jobs.values()) {
    const isHeld = job.status === 'assigned' || job.status === 'completed';
    if (job.status === 'queued') expect(job.matchingMode.kind).toBe('queueAndMatch');
    expect(assigned.get(job.id)).toBe(isHeld ? job.assignments[0]?.assignmentId : undefined);
  }
}

const isExpedited = (job: JobView): boolean =>
  [...job.requestedWorkerSelectors, ...job.attachedWorkerSelectors].some(
    ({ expedite, status }) => expedite && status === 'active',
  );

/** Expedite, priority, seniority: negative when `a` goes first, 0 when only the order of creation decides. */
const inLine = (a: JobView, b: JobView): number =>
  Number(isExpedited(b)) - Number(isExpedited(a)) ||
  b.priority - a.priority ||
  (a.enqueuedAt ?? 0) - (b.enqueuedAt ?? 0);

/** Every queued job is in the line of its queue, nobody else is, and the line is in order. */
function checkLines({ router: { read } }: Walk): void {
  for (const queue of read.queues()) {
    const queued = read.jobs().filter((job) => job.status === 'queued' && job.queueId === queue.id);
    expect(read.queueStatistics(queue.id)?.length).toBe(queued.length);
    const positioned = queued.map((job) => ({ job, position: read.jobPosition(job.id)?.position ?? 0 }));
    const line = positioned.toSorted((a, b) => a.position - b.position);
    expect(line.map(({ position }) => position)).toEqual(queued.map((_, index) => index + 1));
    for (const [index, { job }] of line.entries()) {
      const next = line[index + 1]?.job;
      if (next) expect(inLine(job, next)).toBeLessThanOrEqual(0);
    }
  }
}

/**
 * Nobody who could be offered a job is left out, and no job is passed over for one behind it: everything is settled
 * when the router itself finds no worker for any job.
 */
export function checkMatching({ router: { read } }: Walk): void {
  // Workers wait for the job whose scores are asked for.
  if (read.outsideCalls().length > 0) return;
  for (const job of read.jobs()) {
    if (job.status !== 'queued') continue;
    const explanation = read.explainJob(job.id);
    const missed = (explanation?.workers ?? []).filter(({ verdict }) => verdict === 'couldBeOffered');
    if (explanation?.reasons.length === 0)
      expect(missed.map(({ workerId }) => `${job.id} for ${workerId}`)).toEqual([]);
  }
}

/**
 * An offer that was just made to a worker took no job past one that stood before it, in any of the worker's queues, and that
 * the worker could do. Not looked at while somebody outside is asked: a job whose workers are being scored is overtaken.
 */
export function checkOrderOfOffers(
  walk: Walk,
  from: number,
  declined: ReadonlySet<string>,
  edited?: string,
): void {
  const { read } = walk.router;
  if (read.outsideCalls().length > 0) return;
  // What is offered to a worker with a limit may not show yet, and its job looks as if it had been passed over.
  if (read.workers().some(({ maxConcurrentOffers }) => maxConcurrentOffers !== undefined)) return;
  const told = walk.facts.slice(from);
  // Jobs of several queues that begin to wait at the same instant are matched queue by queue.
  const hadWaited = ({ id }: JobView): boolean => !told.some((fact) => 'job' in fact && fact.job.id === id);
  for (const fact of told) {
    if (fact.type !== 'WorkerOfferIssued' || fact.worker.maxConcurrentOffers !== undefined) continue;
    const worker = read.worker(fact.worker.id);
    const offered = read.job(fact.job.id);
    if (!worker || offered?.status !== 'queued') continue;
    const passedOver = read
      .jobs()
      .filter(
        (job) =>
          job.status === 'queued' &&
          job.id !== edited &&
          (job.queueId === offered.queueId || hadWaited(job)) &&
          worker.queues.some((queueId) => queueId === job.queueId) &&
          job.channelId === offered.channelId &&
          inLine(job, offered) < 0 &&
          !declined.has(`${job.id} ${worker.id}`) &&
          !read.workers().some(({ offers }) => offers.some(({ jobId }) => jobId === job.id)) &&
          satisfiesAll(
            worker.labels,
            activeOnes([...job.requestedWorkerSelectors, ...job.attachedWorkerSelectors]),
          ),
      );
    expect(passedOver.map((job) => `${job.id} before ${offered.id} for ${worker.id}`)).toEqual([]);
  }
}
