/**
 * The engine's matching without any of its care, for comparison: when something changes, every waiting job is looked
 * at for every free worker. Same order of jobs, same order of workers, same selectors.
 */
import { satisfiesAll } from '../emulator/router/engine/selectors.ts';
import { type BenchJob, type BenchWorker, priorityOf, selectorsOf } from './workload.ts';

interface Free {
  readonly worker: BenchWorker;
  readonly idleSince: number;
}

interface Match {
  readonly job: BenchJob;
  readonly worker: BenchWorker;
}

export class NaiveMatcher {
  readonly #jobs: BenchJob[] = [];
  readonly #free: Free[] = [];
  #moment = 0;

  submit(job: BenchJob): void {
    this.#jobs.push(job);
  }

  free(worker: BenchWorker): void {
    this.#free.push({ worker, idleSince: this.#moment++ });
  }

  /** Offers jobs to workers for as long as there is somebody to offer one to. */
  match(): readonly Match[] {
    const matches: Match[] = [];
    for (let found = this.#firstMatch(); found; found = this.#firstMatch()) {
      const { job, free } = found;
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      this.#free.splice(this.#free.indexOf(free), 1);
      matches.push({ job, worker: free.worker });
    }
    return matches;
  }

  #firstMatch(): { readonly job: BenchJob; readonly free: Free } | undefined {
    this.#free.sort((a, b) => a.idleSince - b.idleSince);
    let best: { readonly job: BenchJob; readonly free: Free } | undefined;
    if (this.#free.length === 0) return undefined;
    for (const job of this.#jobs) {
      if (best && !goesBefore(job, best.job)) continue;
      const free = this.#free.find(({ worker }) => canServe(worker, job));
      if (free) best = { job, free };
    }
    return best;
  }
}

const canServe = ({ queues, labels }: BenchWorker, job: BenchJob): boolean =>
  queues.includes(job.queue) && satisfiesAll(labels, selectorsOf(job));

function goesBefore(a: BenchJob, b: BenchJob): boolean {
  const [first, second] = [priorityOf(a), priorityOf(b)];
  return first === second ? a.number < b.number : first > second;
}
