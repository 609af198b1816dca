import type { Instant } from '../../clock/instant.ts';
import { AvailableWorkers } from './availableWorkers.ts';
import type { JobId, WorkerId } from './ids.ts';
import type { DistributionMode } from './model/distributionPolicy.ts';
import type { Revision } from './model/values.ts';
import { QueueLine } from './queueLine.ts';
import type { QueuePlace } from './queuePlace.ts';
import { WaitHistory } from './waitHistory.ts';
import { WaitingJobs } from './waitingJobs.ts';

/** What may have become possible: these jobs began to wait, these workers gained room. */
export interface DueMatch {
  readonly jobs: JobId[];
  readonly workers: WorkerId[];
}

/** Matches to be tried later, by the instant they were asked for. */
class DueMatches {
  readonly #byInstant = new Map<Instant, DueMatch>();

  /** `isNew` says that nobody has asked for this instant yet. */
  at(when: Instant): { readonly match: DueMatch; readonly isNew: boolean } {
    const known = this.#byInstant.get(when);
    if (known) return { match: known, isNew: false };
    const match = { jobs: [], workers: [] };
    this.#byInstant.set(when, match);
    return { match, isNew: true };
  }

  /** True when a match is to look for work for this worker. */
  names(workerId: WorkerId): boolean {
    for (const { workers } of this.#byInstant.values()) if (workers.includes(workerId)) return true;
    return false;
  }

  list(): readonly (readonly [Instant, DueMatch])[] {
    return [...this.#byInstant];
  }

  /** These and no others. */
  replace(matches: readonly (readonly [Instant, DueMatch])[]): void {
    this.#byInstant.clear();
    for (const [when, { jobs, workers }] of matches) {
      this.#byInstant.set(when, { jobs: [...jobs], workers: [...workers] });
    }
  }

  /** Each job and each worker once, in the order in which they were first named. */
  takeUntil(now: Instant): DueMatch {
    const only = this.#byInstant.size === 1 ? this.#byInstant.get(now) : undefined;
    if (only) {
      this.#byInstant.delete(now);
      return { jobs: distinct(only.jobs), workers: distinct(only.workers) };
    }
    const taken: DueMatch = { jobs: [], workers: [] };
    for (const [when, { jobs, workers }] of this.#byInstant) {
      if (when > now) continue;
      for (const id of jobs) taken.jobs.push(id);
      for (const id of workers) taken.workers.push(id);
      this.#byInstant.delete(when);
    }
    return { jobs: distinct(taken.jobs), workers: distinct(taken.workers) };
  }
}

const distinct = <Id>(ids: Id[]): Id[] => (ids.length < 2 ? ids : [...new Set(ids)]);

/** What a queue knows about who waits in it and who serves it. Follows from the state, and is kept in step by putJob.ts, putWorker.ts and putQueue.ts. */
export class QueueBoard {
  /** Of the queue's distribution policy, as it is now. */
  mode: DistributionMode;
  readonly line = new QueueLine();
  readonly waiting = new WaitingJobs();
  readonly available: AvailableWorkers;
  readonly due = new DueMatches();
  /** Registered or not: an inactive worker, too, keeps its queue from being deleted. */
  readonly assignedWorkers = new Set<WorkerId>();
  readonly waits = new WaitHistory();
  openJobs = 0;
  #comingsAndGoings = 0;
  #lastAt: Instant;

  constructor(mode: DistributionMode, at: Instant) {
    this.mode = mode;
    this.#lastAt = at;
    this.available = new AvailableWorkers(mode.kind);
  }

  /** Of the queue's statistics, which change with whoever comes or goes. */
  get statisticsRevision(): Revision {
    return { version: this.#comingsAndGoings, modifiedAt: this.#lastAt };
  }

  set statisticsRevision({ version, modifiedAt }: Revision) {
    this.#comingsAndGoings = version;
    this.#lastAt = modifiedAt;
  }

  takeIn(place: QueuePlace, at: Instant): void {
    this.line.add(place);
    this.#comingsAndGoings += 1;
    this.#lastAt = at;
  }

  letGo(place: QueuePlace, at: Instant): void {
    this.line.remove(place);
    this.#comingsAndGoings += 1;
    this.#lastAt = at;
  }

  follow(mode: DistributionMode): void {
    this.mode = mode;
    this.available.reorder(mode.kind);
  }
}
