/** The engine's state, and one command at work on it. Jobs are written by putJob.ts, workers by putWorker.ts. */
import type { Instant } from '../../clock/instant.ts';
import type { AwaitedCall } from './awaitedCalls.ts';
import type { ClassificationPolicy } from './classificationPolicy.ts';
import type { Command } from './commands.ts';
import { ResourceMap } from './creationOrder.ts';
import type { DistributionPolicy } from './distributionPolicy.ts';
import type { Delays, EnginePorts, Later, OutsideCall } from './engine.ts';
import type { ExceptionPolicy } from './exceptionPolicy.ts';
import type { Fact } from './facts.ts';
import type {
  ClassificationPolicyId,
  DistributionPolicyId,
  ExceptionPolicyId,
  JobId,
  OfferId,
  OutsideCallId,
  QueueId,
  WorkerId,
} from './ids.ts';
import type { Job } from './job.ts';
import { LostOffers, type Offer } from './offer.ts';
import type { Queue } from './queue.ts';
import type { QueueBoard } from './queueBoard.ts';
import type { QueuePlace } from './queuePlace.ts';
import { QueuesByLabel } from './queuesByLabel.ts';
import type { QueueEntry, QueueVisit } from './queueVisit.ts';
import type { Scoring } from './scoring.ts';
import type { Worker } from './worker.ts';

export class Store {
  readonly distributionPolicies = new ResourceMap<DistributionPolicyId, DistributionPolicy>();
  readonly classificationPolicies = new ResourceMap<ClassificationPolicyId, ClassificationPolicy>();
  readonly exceptionPolicies = new ResourceMap<ExceptionPolicyId, ExceptionPolicy>();
  readonly queues = new ResourceMap<QueueId, Queue>();
  readonly queuesByLabel = new QueuesByLabel();
  readonly workers = new ResourceMap<WorkerId, Worker>();
  readonly jobs = new ResourceMap<JobId, Job>();
  readonly openOffers = new Map<OfferId, Offer>();
  readonly lostOffers = new LostOffers();
  readonly boards = new Map<QueueId, QueueBoard>();
  /** Where each queued job stands on its queue's board. */
  readonly places = new Map<JobId, QueuePlace>();
  /** The boards of the queues each worker serves, in its order. */
  readonly servedBoards = new Map<WorkerId, readonly QueueBoard[]>();
  /** The available workers as the boards know them. */
  readonly placedWorkers = new Map<WorkerId, Worker>();
  /** Workers that may be placed wrongly until somebody asks a board who is available. */
  readonly displacedWorkers = new Set<WorkerId>();
  /** Of jobs that are out of their queue to be classified again. */
  readonly interruptedVisits = new Map<JobId, QueueVisit>();
  /** Jobs that are not matched until a function has scored their workers. */
  readonly scorings = new Map<JobId, Scoring>();
  /** The job whose end of life is waited for: the oldest there was when somebody last looked. */
  watchedJob: JobId | undefined;
  /** Workers that are going to be looked at for idleness. */
  readonly watchedWorkers = new Set<WorkerId>();
  /** Jobs that keep their classification policy from being deleted. */
  readonly openJobsByPolicy = new Map<ClassificationPolicyId, number>();
  /** Calls whose answers are awaited, by the order in which they were asked for. */
  readonly awaitedCalls = new Map<OutsideCallId, AwaitedCall>();
  numbersGiven = 0;

  /** Larger than every number before; orders what happens in the same millisecond. */
  nextNumber(): number {
    this.numbersGiven += 1;
    return this.numbersGiven;
  }
}

const nobody: ReadonlyMap<WorkerId, readonly Offer[]> = new Map();
const noJobs: ReadonlySet<JobId> = new Set();

/** One command being handled: the instant it happens at, and what comes of it. */
export class Turn {
  readonly facts: Fact[] = [];
  readonly later: Later[] = [];
  readonly calls: OutsideCall[] = [];
  /** Who entered a queue, for its exception policy to look at. */
  readonly entries: QueueEntry[] = [];
  readonly store: Store;
  readonly ports: EnginePorts;
  readonly delays: Delays;
  readonly at: Instant;
  /** Made when there is something to note, which in most turns there is not. */
  #shownBefore: Map<WorkerId, readonly Offer[]> | undefined;
  #unclocked: Set<JobId> | undefined;

  constructor(store: Store, ports: EnginePorts, delays: Delays) {
    this.store = store;
    this.ports = ports;
    this.delays = delays;
    this.at = ports.now();
  }

  /** What workers with limited offers saw of them as the command began. */
  get shownBefore(): ReadonlyMap<WorkerId, readonly Offer[]> {
    return this.#shownBefore ?? nobody;
  }

  /** Queued jobs whose selectors' clocks have to be looked at. */
  get unclocked(): ReadonlySet<JobId> {
    return this.#unclocked ?? noJobs;
  }

  noteShown(workerId: WorkerId, offers: readonly Offer[]): void {
    this.#shownBefore ??= new Map();
    this.#shownBefore.set(workerId, offers);
  }

  noteUnclocked(jobId: JobId): void {
    this.#unclocked ??= new Set();
    this.#unclocked.add(jobId);
  }

  tell(fact: Fact): void {
    this.facts.push(fact);
  }

  ask(at: Instant, command: Command): void {
    this.later.push({ at, command });
  }
}

/** What must be there unless the engine is wrong. */
export function known<Id, Value>(values: { get(id: Id): Value | undefined }, id: Id): Value {
  const value = values.get(id);
  if (value === undefined) throw new Error(`The engine refers to ${id}, which it does not have`);
  return value;
}

export const policyOf = (store: Store, queueId: QueueId): DistributionPolicy =>
  known(store.distributionPolicies, known(store.queues, queueId).content.distributionPolicyId);
