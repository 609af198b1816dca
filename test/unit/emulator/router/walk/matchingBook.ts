/**
 * Who should have been offered what, by the rules of the book: every queued job against every worker, told by what the
 * router shows and by its facts alone. It shares no code with the matching it judges but the comparison of labels.
 */
import { expect } from 'vitest';
import type { Instant } from '../../../../../emulator/clock/instant.ts';
import type { Command } from '../../../../../emulator/router/engine/commands.ts';
import type { EngineReads } from '../../../../../emulator/router/engine/engine.ts';
import type { Fact } from '../../../../../emulator/router/engine/facts.ts';
import type { JobView } from '../../../../../emulator/router/engine/model/job.ts';
import type { WorkerView } from '../../../../../emulator/router/engine/model/worker.ts';
import { activeOnes, satisfiesAll } from '../../../../../emulator/router/engine/selectors.ts';
import type { Walk } from './walk.ts';

export class MatchingBook {
  /** Pairs of job and worker, until the worker registers again or the time of the retry has come. */
  readonly #declined = new Map<string, Instant | undefined>();
  /** The channel each job was last offered through; an assigned job keeps it when it is edited. */
  readonly #channelOf = new Map<string, string>();
  #factsSeen = 0;

  /** Takes note of a step, and of the command that was sent with it. */
  follow({ facts, now }: Walk, command: Command | undefined): void {
    for (const fact of facts.slice(this.#factsSeen)) this.#hear(fact, command);
    this.#factsSeen = facts.length;
    for (const [pair, retryOfferAt] of this.#declined)
      if (retryOfferAt !== undefined && retryOfferAt <= now()) this.#declined.delete(pair);
  }

  /** Nobody is left who could be offered a job. */
  check({ router: { read } }: Walk): void {
    // Workers wait for the job whose scores are asked for, and one with a limit may have offers that do not show.
    if (read.outsideCalls().length > 0) return;
    const workers = read.workers();
    if (workers.some(({ maxConcurrentOffers }) => maxConcurrentOffers !== undefined)) return;
    for (const job of read.jobs()) {
      if (job.status !== 'queued') continue;
      const holders = workers.filter(({ offers }) => offers.some(({ jobId }) => jobId === job.id));
      const { maxConcurrentOffers, bypassSelectors } = modeFor(job, read);
      if (holders.length >= maxConcurrentOffers) continue;
      const missed = workers.filter(
        (worker) =>
          worker.state === 'active' &&
          !holders.includes(worker) &&
          worker.queues.some((queueId) => queueId === job.queueId) &&
          (bypassSelectors || satisfiesAll(worker.labels, selectorsOf(job))) &&
          this.#hasRoomFor(worker, job) &&
          !this.#declined.has(`${job.id} ${worker.id}`),
      );
      expect(missed.map(({ id }) => `${job.id} for ${id}`)).toEqual([]);
    }
  }

  #hear(fact: Fact, command: Command | undefined): void {
    switch (fact.type) {
      case 'WorkerOfferIssued':
        this.#channelOf.set(fact.job.id, fact.job.channelId);
        break;
      case 'WorkerOfferDeclined':
        this.#declined.set(
          `${fact.job.id} ${fact.worker.id}`,
          command?.type === 'DeclineOffer' ? command.retryOfferAt : undefined,
        );
        break;
      case 'WorkerRegistered':
      case 'WorkerDeleted':
        this.#forget((_, workerId) => workerId === fact.worker.id);
        break;
      case 'JobDeleted':
        this.#forget((jobId) => jobId === fact.job.id);
        break;
      default:
    }
  }

  #forget(isOver: (jobId: string | undefined, workerId: string | undefined) => boolean): void {
    for (const pair of [...this.#declined.keys()]) {
      const [jobId, workerId] = pair.split(' ');
      if (isOver(jobId, workerId)) this.#declined.delete(pair);
    }
  }

  #hasRoomFor(worker: WorkerView, { channelId }: JobView): boolean {
    const channel = worker.channels.find((candidate) => candidate.channelId === channelId);
    if (!channel) return false;
    const held = [...worker.offers, ...worker.assignedJobs];
    const load = held.reduce((sum, { capacityCost }) => sum + capacityCost, 0);
    const onChannel = held.filter(({ jobId }) => this.#channelOf.get(jobId) === channelId).length;
    return (
      load + channel.capacityCostPerJob <= worker.capacity &&
      (channel.maxNumberOfJobs === undefined || onChannel < channel.maxNumberOfJobs)
    );
  }
}

function modeFor({ queueId }: JobView, read: EngineReads) {
  const queue = read.queues().find(({ id }) => id === queueId);
  const policy = read.distributionPolicies().find(({ id }) => id === queue?.distributionPolicyId);
  if (!policy) throw new Error(`A job is queued in ${queueId}, which has no distribution policy`);
  return policy.mode;
}

const selectorsOf = ({ requestedWorkerSelectors, attachedWorkerSelectors }: JobView) =>
  activeOnes([...requestedWorkerSelectors, ...attachedWorkerSelectors]);
