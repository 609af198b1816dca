import { GroupsByLabel } from './groupsByLabel.ts';
import { JobGroup } from './jobGroup.ts';
import { goesBefore, type QueuePlace } from './queuePlace.ts';
import { type Signature, satisfiesAll } from './selectors.ts';
import { channelWithRoom, type Worker } from './worker.ts';

/** True when the worker has the channel, the room and, unless they are bypassed, the labels. */
export const canServe = (worker: Worker, signature: Signature, bypassSelectors: boolean): boolean =>
  channelWithRoom(worker, signature.channelId) !== undefined &&
  (bypassSelectors || satisfiesAll(worker.content.labels, signature.selectors));

/** So many signatures are compared one by one; with more of them it pays to know where each label leads. */
const QUICKLY_COMPARED = 8;

/** The waiting jobs of one queue, by signature. A worker is compared with signatures, never with each job. */
export class WaitingJobs {
  readonly #groups = new Map<string, JobGroup>();
  #byLabel: GroupsByLabel | undefined;

  add(job: QueuePlace): void {
    const { signature } = job;
    let group = this.#groups.get(signature.key);
    if (!group) {
      group = new JobGroup(signature);
      this.#open(group);
    }
    group.add(job);
  }

  #open(group: JobGroup): void {
    this.#groups.set(group.signature.key, group);
    if (this.#byLabel) this.#byLabel.add(group);
    else if (this.#groups.size > QUICKLY_COMPARED) this.#byLabel = new GroupsByLabel(this.#groups.values());
  }

  /** The very one that was added. */
  remove(job: QueuePlace): void {
    const group = this.#groups.get(job.signature.key);
    group?.remove(job);
    if (!group?.isEmpty) return;
    this.#groups.delete(job.signature.key);
    if (this.#groups.size === 0) this.#byLabel = undefined;
    this.#byLabel?.remove(group);
  }

  /**
   * The first job for this worker that goes before `bound`. Walks past the head of a group only over jobs that
   * `mayTake` denies, which are those that this worker already has an offer for.
   */
  bestFor(
    worker: Worker,
    bypassSelectors: boolean,
    bound: QueuePlace | undefined,
    mayTake: (place: QueuePlace) => boolean,
  ): QueuePlace | undefined {
    let best = bound;
    const leading = bypassSelectors ? undefined : this.#byLabel?.leadingFrom(worker.content.labels);
    for (const group of leading ?? this.#groups.values()) {
      const head = group.first();
      if (!head || (best && !goesBefore(head, best)) || !canServe(worker, group.signature, bypassSelectors))
        continue;
      for (const place of group.notDeclinedBy(worker)) {
        if (best && !goesBefore(place, best)) break;
        if (!mayTake(place)) continue;
        best = place;
        break;
      }
    }
    return best === bound ? undefined : best;
  }
}
