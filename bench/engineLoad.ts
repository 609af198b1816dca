/** The engine under a steady load: as many jobs wait after each served one as before. */
import { performance } from 'node:perf_hooks';
import { instant } from '../emulator/clock/instant.ts';
import type { CommandOf, CommandType } from '../emulator/router/engine/commands.ts';
import { createRouterEngine } from '../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../emulator/router/engine/delays.ts';
import type { Handled } from '../emulator/router/engine/engine.ts';
import type { FactOf } from '../emulator/router/engine/facts.ts';
import { idFrom } from '../emulator/router/engine/ids.ts';
import { parseExpression } from '../emulator/router/rules/parseExpression.ts';
import { type BenchJob, benchJob, benchWorker, priorityOf, type Staff, selectorsOf } from './workload.ts';

const policyId = idFrom<CommandOf<'UpsertDistributionPolicy'>['id']>('policy');
const queueId = (number: number) => idFrom<CommandOf<'UpsertQueue'>['id']>(`queue-${number}`);

/** Of an issued offer no more than what its life needs: who listens to facts does not keep them all either. */
interface OpenOffer {
  readonly workerId: FactOf<'WorkerOfferIssued'>['worker']['id'];
  readonly offerId: FactOf<'WorkerOfferIssued'>['offer']['offerId'];
}

/** What happened: the job of this number was offered to the worker of this number. */
export interface BenchOffer {
  readonly job: number;
  readonly worker: number;
}

export class EngineLoad {
  /** Milliseconds each MatchQueue took that made an offer, since they were last taken out. */
  readonly matchTimes: number[] = [];
  readonly #staff: Staff;
  readonly #open: OpenOffer[] = [];
  /** By number; those that were served are forgotten. */
  readonly #asked: (BenchJob | undefined)[] = [];
  #taken = 0;
  #issued = 0;
  #ids = 0;
  #jobs = 0;
  #now = instant(Date.UTC(2026, 2, 2));
  readonly #engine = createRouterEngine(
    { now: () => this.#now, newId: () => `id-${this.#ids++}`, random: () => 0, parseExpression },
    noDelays,
  );

  constructor(staff: Staff) {
    this.#staff = staff;
    this.#send<'UpsertDistributionPolicy'>({
      type: 'UpsertDistributionPolicy',
      id: policyId,
      patch: { offerExpiresAfterSeconds: 1e6, mode: { kind: 'longestIdle' } },
    });
    for (let number = 0; number < staff.queues; number += 1) {
      this.#send<'UpsertQueue'>({
        type: 'UpsertQueue',
        id: queueId(number),
        patch: { distributionPolicyId: policyId },
      });
    }
  }

  /** Jobs that nobody was offered yet. */
  get waiting(): number {
    return this.#jobs - this.#issued;
  }

  submitNext(): void {
    this.#submit(benchJob(this.#jobs, this.#staff));
  }

  #submit(job: BenchJob): void {
    this.#jobs += 1;
    this.#now = instant(this.#now + 1);
    this.#asked[job.number] = job;
    this.#send<'UpsertJob'>({
      type: 'UpsertJob',
      id: idFrom(`job-${job.number}`),
      patch: {
        channelId: 'voice',
        queueId: queueId(job.queue),
        priority: priorityOf(job),
        requestedWorkerSelectors: selectorsOf(job),
      },
    });
  }

  registerWorker(number: number): void {
    const { queues, labels } = benchWorker(number, this.#staff);
    this.#send<'UpsertWorker'>({
      type: 'UpsertWorker',
      id: idFrom(`worker-${number}`),
      patch: {
        queues: queues.map(queueId),
        capacity: 1,
        labels,
        channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
        availableForOffers: true,
      },
    });
  }

  /**
   * One job's life: the oldest open offer is accepted, its job completed, closed and deleted, and one like it is
   * submitted, so that every queue stays as long as it was. Tells which offer it was.
   */
  liveOnce(): BenchOffer {
    const offer = this.#takeOffer();
    const { jobId, assignmentId } = this.#send<'AcceptOffer'>({ type: 'AcceptOffer', ...offer });
    const [number, worker] = [numberIn(jobId), numberIn(offer.workerId)];
    this.#send<'CompleteAssignment'>({ type: 'CompleteAssignment', jobId, assignmentId });
    this.#send<'CloseAssignment'>({ type: 'CloseAssignment', jobId, assignmentId });
    this.#send<'DeleteJob'>({ type: 'DeleteJob', id: jobId });
    const served = this.#asked[number];
    this.#asked[number] = undefined;
    if (served) this.#submit({ ...served, number: this.#jobs });
    return { job: number, worker };
  }

  #takeOffer(): OpenOffer {
    const offer = this.#open[this.#taken++];
    if (!offer) throw new Error('No offer is open');
    if (this.#taken === 10_000) {
      this.#open.splice(0, this.#taken);
      this.#taken = 0;
    }
    return offer;
  }

  #send<Type extends CommandType>(command: CommandOf<Type>) {
    const handled = this.#engine.handle(command);
    if (!handled.answer.ok) throw new Error(`${command.type} was refused: ${handled.answer.failure.kind}`);
    this.#follow(handled);
    return handled.answer.value;
  }

  /** Runs what is due at once, offers among it timed; what is due later does not happen here. */
  #follow(handled: Pick<Handled<unknown>, 'facts' | 'later'>): void {
    for (const fact of handled.facts) {
      if (fact.type !== 'WorkerOfferIssued') continue;
      this.#open.push({ workerId: fact.worker.id, offerId: fact.offer.offerId });
      this.#issued += 1;
    }
    for (const { at, command } of handled.later) {
      if (at > this.#now) continue;
      const start = performance.now();
      const next = this.#engine.handle<CommandType>(command);
      const took = performance.now() - start;
      if (command.type === 'MatchQueue' && next.facts.length > 0) this.matchTimes.push(took);
      this.#follow(next);
    }
  }
}

const numberIn = (id: string): number => Number(id.slice(id.indexOf('-') + 1));
