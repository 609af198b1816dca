/**
 * The engine's state, and the only functions that write jobs and workers. Whatever follows from a job or a
 * worker (its place among the waiting or the available, the counts of its queue) is brought in step here, and
 * here it is noticed that a new match may be possible. No command has to remember to match.
 */
import type { Instant } from '../../clock/instant.ts';
import type { AwaitedCall } from './awaitedCalls.ts';
import type { ClassificationPolicy } from './classificationPolicy.ts';
import type { Command } from './commands.ts';
import { ResourceMap } from './creationOrder.ts';
import { delayed } from './delays.ts';
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
import { isIn, isOpen, type Job, type QueuedJob, queueOf } from './job.ts';
import { LostOffers, type Offer } from './offer.ts';
import type { Queue } from './queue.ts';
import { type DueMatch, QueueBoard } from './queueBoard.ts';
import { type QueueEntry, type QueueVisit, visitOf } from './queueVisit.ts';
import type { Scoring } from './scoring.ts';
import { hasClocksToStart } from './selectorClocks.ts';
import { isSamePlace, type WaitingJob, waitingPlace } from './waitingJobs.ts';
import { assignmentsOf, isAvailable, offersOf, shownOffersOf, type Worker } from './worker.ts';

export class Store {
  readonly distributionPolicies = new ResourceMap<DistributionPolicyId, DistributionPolicy>();
  readonly classificationPolicies = new ResourceMap<ClassificationPolicyId, ClassificationPolicy>();
  readonly exceptionPolicies = new ResourceMap<ExceptionPolicyId, ExceptionPolicy>();
  readonly queues = new ResourceMap<QueueId, Queue>();
  readonly workers = new ResourceMap<WorkerId, Worker>();
  readonly jobs = new ResourceMap<JobId, Job>();
  readonly openOffers = new Map<OfferId, Offer>();
  readonly lostOffers = new LostOffers();
  readonly boards = new Map<QueueId, QueueBoard>();
  /** Where each waiting job is found on its queue's board. */
  readonly places = new Map<JobId, WaitingJob>();
  readonly visits = new Map<JobId, QueueVisit>();
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

/** One command being handled: the instant it happens at, and what comes of it. */
export class Turn {
  readonly facts: Fact[] = [];
  readonly later: Later[] = [];
  readonly calls: OutsideCall[] = [];
  /** Who entered a queue, for its exception policy to look at. */
  readonly entries: QueueEntry[] = [];
  /** What workers with limited offers saw of them as the command began. */
  readonly shownBefore = new Map<WorkerId, readonly Offer[]>();
  /** Queued jobs whose selectors' clocks have to be looked at. */
  readonly unclocked = new Set<JobId>();
  readonly store: Store;
  readonly ports: EnginePorts;
  readonly delays: Delays;
  readonly at: Instant;

  constructor(store: Store, ports: EnginePorts, delays: Delays) {
    this.store = store;
    this.ports = ports;
    this.delays = delays;
    this.at = ports.now();
  }

  tell(fact: Fact): void {
    this.facts.push(fact);
  }

  ask(at: Instant, command: Command): void {
    this.later.push({ at, command });
  }
}

/** What must be there unless the engine is wrong. */
export function known<Id, Value>(values: ReadonlyMap<Id, Value>, id: Id): Value {
  const value = values.get(id);
  if (value === undefined) throw new Error(`The engine refers to ${id}, which it does not have`);
  return value;
}

export const policyOf = (store: Store, queueId: QueueId): DistributionPolicy =>
  known(store.distributionPolicies, known(store.queues, queueId).content.distributionPolicyId);

/** The job as one that waits for an offer: queued, with room for one more. */
export function waitingJob(store: Store, id: JobId): QueuedJob | undefined {
  const job = store.jobs.get(id);
  if (!job || !isIn(job, 'queued')) return undefined;
  const { maxConcurrentOffers } = policyOf(store, queueOf(job)).content.mode;
  return job.state.offers.length < maxConcurrentOffers ? job : undefined;
}

export function putJob(turn: Turn, job: Job): void {
  const { store } = turn;
  const before = store.jobs.get(job.id);
  if (before && isOpen(before)) countOpenJob(store, before, -1);
  if (isOpen(job)) countOpenJob(store, job, 1);
  store.jobs.set(job.id, job);
  dropQuestions(store, before, job);
  keepInLine(turn, before, job);
  keepPlace(turn, job.id);
  if (isIn(job, 'queued') && hasClocksToStart(job.content)) turn.unclocked.add(job.id);
}

/** Nobody waits any more for what the functions and webhooks of an attempt to classify the job would have said. */
function dropQuestions(store: Store, before: Job | undefined, after: Job | undefined): void {
  if (!before || !isIn(before, 'pendingClassification') || !before.state.inquiry) return;
  if (after && isIn(after, 'pendingClassification') && after.classifications === before.classifications)
    return;
  for (const [callId, { purpose }] of store.awaitedCalls) {
    if (purpose.kind === 'classification' && purpose.jobId === before.id) store.awaitedCalls.delete(callId);
  }
}

/** The job is no more, whatever it was. */
export function removeJob(turn: Turn, job: Job): void {
  const { store } = turn;
  dropQuestions(store, job, undefined);
  if (isOpen(job)) countOpenJob(store, job, -1);
  leaveLine(store, job);
  stopWaiting(turn, job.id);
  store.visits.delete(job.id);
  store.jobs.delete(job.id);
}

function countOpenJob(store: Store, { content }: Job, change: 1 | -1): void {
  const { queueId, classificationPolicyId: policyId } = content;
  if (queueId !== undefined) known(store.boards, queueId).openJobs += change;
  if (policyId === undefined) return;
  store.openJobsByPolicy.set(policyId, (store.openJobsByPolicy.get(policyId) ?? 0) + change);
}

function keepInLine(turn: Turn, before: Job | undefined, after: Job): void {
  const { store } = turn;
  if (before && isSameInLine(before, after)) return;
  const left = before && isIn(before, 'queued') ? waitingPlace(before) : undefined;
  const taken = isIn(after, 'queued') ? waitingPlace(after) : undefined;
  if (left && taken && isSamePlace(left, taken)) return;
  if (before) leaveLine(store, before);
  if (taken) {
    const { line } = known(store.boards, taken.queueId);
    if (left?.queueId !== taken.queueId) noteEntry(turn, taken, line.length);
    if (!left) turn.unclocked.add(taken.jobId);
    line.add(taken);
  } else {
    endVisit(turn, after);
  }
}

/** Sees at a glance what most moves of a queued job, such as a new offer, leave alone. */
const isSameInLine = (before: Job, after: Job): boolean =>
  isIn(before, 'queued') &&
  isIn(after, 'queued') &&
  before.content === after.content &&
  before.state.enqueuedAt === after.state.enqueuedAt;

function leaveLine(store: Store, job: Job): void {
  if (isIn(job, 'queued')) known(store.boards, queueOf(job)).line.remove(waitingPlace(job));
}

function noteEntry(turn: Turn, { jobId, queueId }: WaitingJob, ahead: number): void {
  const { visits } = turn.store;
  turn.entries.push({ jobId, queueId, ahead });
  visits.set(jobId, visitOf(queueId, turn.at, visits.get(jobId)));
}

/** Being classified again does not end a visit: where the job stays in its queue, it stays with its waiting time. */
function endVisit({ store, at }: Turn, job: Job): void {
  if (isIn(job, 'pendingClassification') || (isIn(job, 'waitingForActivation') && job.state.isPassing))
    return;
  const visit = store.visits.get(job.id);
  if (!visit) return;
  store.visits.delete(job.id);
  if (isIn(job, 'assigned')) {
    known(store.boards, visit.queueId).waits.record(job.content.priority, visit.since, at);
  }
}

function keepPlace(turn: Turn, id: JobId): void {
  const { store } = turn;
  const before = store.places.get(id) ?? store.scorings.get(id)?.place;
  const job = waitingJob(store, id);
  const after = job && waitingPlace(job);
  if (before && after && isSamePlace(before, after)) {
    if (before.declines === after.declines || !store.places.has(id)) return;
    stopWaiting(turn, id);
    beginWaiting(store, after);
    return;
  }
  stopWaiting(turn, id);
  if (after) askToMatch(turn, after);
}

/** The job is not seen by matching any more, and what is asked about its workers is of no use. */
export function stopWaiting(turn: Turn, id: JobId): void {
  const { store } = turn;
  const place = store.places.get(id);
  if (place) known(store.boards, place.queueId).waiting.remove(place);
  store.places.delete(id);
  if (store.scorings.size > 0) stopScoring(turn, id);
}

function stopScoring(turn: Turn, id: JobId): void {
  const { store } = turn;
  const scoring = store.scorings.get(id);
  if (!scoring) return;
  store.scorings.delete(id);
  for (const callId of scoring.awaited.keys()) store.awaitedCalls.delete(callId);
  for (const workerId of scoring.spokenFor) {
    const worker = store.workers.get(workerId);
    if (worker && isAvailable(worker)) askForWork(turn, worker);
  }
}

function beginWaiting(store: Store, place: WaitingJob): void {
  known(store.boards, place.queueId).waiting.add(place);
  store.places.set(place.jobId, place);
}

/** The offer delay is over: from now on the job is seen by matching. */
export function admitToWaiting(store: Store, id: JobId): WaitingJob | undefined {
  const job = waitingJob(store, id);
  if (!job || store.places.has(id)) return undefined;
  const place = waitingPlace(job);
  beginWaiting(store, place);
  return place;
}

export function putWorker(turn: Turn, worker: Worker): void {
  const { store } = turn;
  const before = store.workers.get(worker.id);
  noteShown(turn, before, worker);
  store.workers.set(worker.id, worker);
  const available = isAvailable(worker);
  for (const queueId of before?.content.queues ?? []) {
    if (!worker.content.queues.includes(queueId)) leaveBoard(store, queueId, worker.id);
  }
  for (const queueId of worker.content.queues) {
    const board = known(store.boards, queueId);
    board.assignedWorkers.add(worker.id);
    if (available) board.available.place(worker);
    else board.available.remove(worker.id);
  }
  if (available && (!before || hasGained(before, worker))) askForWork(turn, worker);
}

/** A worker whose offers are limited may come to see others; which ones is told when the command is done. */
function noteShown({ shownBefore }: Turn, before: Worker | undefined, after: Worker): void {
  const isLimited = (worker = before) => worker?.content.maxConcurrentOffers !== undefined;
  if ((isLimited() || isLimited(after)) && !shownBefore.has(after.id)) {
    shownBefore.set(after.id, before ? shownOffersOf(before) : []);
  }
}

export function removeWorker(store: Store, worker: Worker): void {
  store.workers.delete(worker.id);
  for (const queueId of worker.content.queues) leaveBoard(store, queueId, worker.id);
}

function leaveBoard(store: Store, queueId: QueueId, workerId: WorkerId): void {
  const board = known(store.boards, queueId);
  board.assignedWorkers.delete(workerId);
  board.available.remove(workerId);
}

const held = (worker: Worker): number => offersOf(worker).length + assignmentsOf(worker).length;

const hasGained = (before: Worker, after: Worker): boolean =>
  before.content !== after.content ||
  before.registration !== after.registration ||
  held(after) < held(before);

/** Has workers looked for to take the job, after the offer delay. */
export const askToMatch = (turn: Turn, { jobId, queueId }: WaitingJob): void =>
  askForMatch(turn, queueId, ({ jobs }) => jobs.add(jobId));

/**
 * Has the worker's queues looked through for it, after the offer delay. A match of any of them looks through all,
 * so one is enough to ask.
 */
export function askForWork(turn: Turn, worker: Worker): void {
  const [queueId] = worker.content.queues;
  if (queueId !== undefined) askForMatch(turn, queueId, ({ workers }) => workers.add(worker.id));
}

function askForMatch(turn: Turn, queueId: QueueId, join: (match: DueMatch) => void): void {
  const when = delayed(turn.at, turn.delays.offer, turn.ports);
  const { match, isNew } = known(turn.store.boards, queueId).due.at(when);
  join(match);
  if (isNew) turn.ask(when, { type: 'MatchQueue', queueId });
}

export const openBoard = (store: Store, queueId: QueueId): void => {
  store.boards.set(queueId, new QueueBoard(policyOf(store, queueId).content.mode.kind));
};

/**
 * The queue has another distribution mode: its workers are put in the new order and all matches are tried
 * again. Jobs that may now have more or fewer offers than before are found through the workers that hold one.
 */
export function refreshBoard(turn: Turn, queueId: QueueId): void {
  const { store } = turn;
  const board = known(store.boards, queueId);
  board.available.reorder(policyOf(store, queueId).content.mode.kind);
  for (const workerId of board.assignedWorkers) {
    const worker = known(store.workers, workerId);
    for (const offer of offersOf(worker)) if (offer.queueId === queueId) keepPlace(turn, offer.jobId);
    if (isAvailable(worker)) askForWork(turn, worker);
  }
}
