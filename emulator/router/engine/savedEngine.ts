/**
 * The engine's state as data: what was decided, without what follows from it. Boards, lines and places are made
 * anew by the same functions that keep them in step, so nothing that follows can be saved wrongly.
 */
import type { Instant } from '../../clock/instant.ts';
import type { AwaitedCall } from './awaitedCalls.ts';
import type { ClassificationPolicy } from './classificationPolicy.ts';
import { noDelays } from './delays.ts';
import type { DistributionPolicy } from './distributionPolicy.ts';
import type { EnginePorts } from './engine.ts';
import type { ExceptionPolicy } from './exceptionPolicy.ts';
import type { JobId, OutsideCallId, QueueId, WorkerId } from './ids.ts';
import { type Job, openOffersOf } from './job.ts';
import type { Revision } from './model/values.ts';
import type { Offer } from './offer.ts';
import { putJob } from './putJob.ts';
import { putQueue } from './putQueue.ts';
import { putWorker } from './putWorker.ts';
import type { Queue } from './queue.ts';
import type { DueMatch } from './queueBoard.ts';
import type { QueueVisit } from './queueVisit.ts';
import type { Scoring } from './scoring.ts';
import { known, Store, Turn } from './store.ts';
import { admitToWaiting } from './waiting.ts';
import type { Worker } from './worker.ts';

/** What a queue's board knows that follows from nothing else. */
interface SavedBoard {
  readonly queueId: QueueId;
  /** In the order in which they are gone through when the mode changes. */
  readonly assignedWorkers: readonly WorkerId[];
  readonly due: readonly (readonly [Instant, DueMatch])[];
  readonly waits: readonly (readonly [number, readonly number[]])[];
  readonly lastOffered: Worker | undefined;
  readonly statisticsRevision: Revision;
}

/** Resources stand in the order of their creation. */
export interface SavedEngine {
  readonly distributionPolicies: readonly DistributionPolicy[];
  readonly classificationPolicies: readonly ClassificationPolicy[];
  readonly exceptionPolicies: readonly ExceptionPolicy[];
  readonly queues: readonly Queue[];
  readonly workers: readonly Worker[];
  readonly jobs: readonly Job[];
  readonly lostOffers: readonly Offer[];
  readonly boards: readonly SavedBoard[];
  /** The jobs that matching sees. */
  readonly waiting: readonly JobId[];
  readonly visits: readonly (readonly [JobId, QueueVisit])[];
  readonly scorings: readonly (readonly [JobId, Scoring])[];
  readonly watchedJob: JobId | undefined;
  readonly watchedWorkers: readonly WorkerId[];
  readonly awaitedCalls: readonly (readonly [OutsideCallId, AwaitedCall])[];
  readonly numbersGiven: number;
}

/** What follows from the rest of the store, or is told with it. A new member of the store is saved, or stands here. */
type Following =
  | 'interruptedVisits'
  | 'openOffers'
  | 'places'
  | 'queuesByLabel'
  | 'servedBoards'
  | 'placedWorkers'
  | 'displacedWorkers'
  | 'openJobsByPolicy'
  | 'nextNumber';
type Decided = { readonly [Member in Exclude<keyof Store, Following>]: unknown };

export const saveEngine = (store: Store): SavedEngine & Decided => ({
  distributionPolicies: [...store.distributionPolicies.values()],
  classificationPolicies: [...store.classificationPolicies.values()],
  exceptionPolicies: [...store.exceptionPolicies.values()],
  queues: [...store.queues.values()],
  workers: [...store.workers.values()],
  jobs: [...store.jobs.values()],
  lostOffers: store.lostOffers.list(),
  boards: [...store.boards].map(([queueId, board]) => ({
    queueId,
    assignedWorkers: [...board.assignedWorkers],
    due: board.due.list(),
    waits: board.waits.list(),
    lastOffered: board.available.lastOffered,
    statisticsRevision: board.statisticsRevision,
  })),
  waiting: idsOfWaiting(store),
  visits: visitsIn(store),
  scorings: [...store.scorings],
  watchedJob: store.watchedJob,
  watchedWorkers: [...store.watchedWorkers],
  awaitedCalls: [...store.awaitedCalls],
  numbersGiven: store.numbersGiven,
});

const idsOfWaiting = ({ jobs, places }: Store): readonly JobId[] =>
  [...jobs.values()].filter(({ id }) => places.get(id)?.isWaiting).map(({ id }) => id);

const visitsIn = ({ jobs, places, interruptedVisits }: Store): SavedEngine['visits'] =>
  [...jobs.values()].flatMap(({ id }) => {
    const visit = places.get(id)?.visit ?? interruptedVisits.get(id);
    return visit ? [[id, visit] as const] : [];
  });

function putVisit({ places, interruptedVisits }: Store, id: JobId, visit: QueueVisit): void {
  const place = places.get(id);
  if (place) place.visit = visit;
  else interruptedVisits.set(id, visit);
}

/** What is put back asks for matches as if it were new; those it asked for then are the ones that count. */
export function restoredStore(saved: SavedEngine): Store {
  const store = new Store();
  const turn = new Turn(store, nowhere, noDelays);
  for (const policy of saved.distributionPolicies) store.distributionPolicies.set(policy.id, policy);
  for (const policy of saved.classificationPolicies) store.classificationPolicies.set(policy.id, policy);
  for (const policy of saved.exceptionPolicies) store.exceptionPolicies.set(policy.id, policy);
  for (const queue of saved.queues) {
    putQueue(store, queue);
  }
  for (const offer of saved.jobs.flatMap(openOffersOf)) store.openOffers.set(offer.offerId, offer);
  for (const worker of saved.workers) putWorker(turn, withOffersOfJobs(store, worker));
  for (const job of saved.jobs) putJob(turn, job);
  for (const id of saved.waiting) admitToWaiting(store, id);
  for (const offer of saved.lostOffers) store.lostOffers.remember(offer);
  for (const board of saved.boards) restoreBoard(store, board);
  for (const [id, visit] of saved.visits) putVisit(store, id, visit);
  for (const [id, scoring] of saved.scorings) store.scorings.set(id, scoring);
  store.watchedJob = saved.watchedJob;
  store.watchedWorkers.clear();
  for (const id of saved.watchedWorkers) store.watchedWorkers.add(id);
  for (const [id, call] of saved.awaitedCalls) store.awaitedCalls.set(id, call);
  store.numbersGiven = saved.numbersGiven;
  return store;
}

/** A job and a worker have one and the same offer; what comes from a text has it twice. */
function withOffersOfJobs({ openOffers }: Store, worker: Worker): Worker {
  if (worker.standing.state !== 'active') return worker;
  const offers = worker.standing.offers.map(({ offerId }) => known(openOffers, offerId));
  return { ...worker, standing: { ...worker.standing, offers } };
}

function restoreBoard(store: Store, saved: SavedBoard): void {
  const { queueId, assignedWorkers, due, waits, lastOffered, statisticsRevision } = saved;
  const board = known(store.boards, queueId);
  board.assignedWorkers.clear();
  for (const id of assignedWorkers) board.assignedWorkers.add(id);
  board.due.replace(due);
  board.waits.replace(waits);
  board.statisticsRevision = statisticsRevision;
  if (lastOffered) board.available.noteOffered(lastOffered);
}

/** Nothing is taken from the world while a state is put back; what would be told or asked is dropped. */
const nowhere: EnginePorts = {
  now: () => 0 as Instant,
  newId: () => '',
  random: () => 0,
  parseExpression: () => ({ ok: false, problem: 'Nothing is evaluated while a state is put back' }),
};
