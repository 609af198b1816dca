/**
 * Matching. It looks only at what has changed: jobs that began to wait and workers that gained room. A waiting
 * job that is neither new nor wanted by a freed worker found nobody before and would find nobody now.
 */
import { nothing } from './answer.ts';
import { bestOf, outsideRuleOf } from './bestWorker.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import type { WorkerId } from './ids.ts';
import { issueOffer } from './issueOffer.ts';
import { mayBeOffered } from './job.ts';
import type { QueueBoard } from './queueBoard.ts';
import { goesBefore, type QueuePlace } from './queuePlace.ts';
import { askForScores } from './scoring.ts';
import { known, type Store, type Turn } from './store.ts';
import { admitToWaiting, waitingJob } from './waiting.ts';
import { canServe } from './waitingJobs.ts';
import { isAvailable, type Worker } from './worker.ts';
import { availableOn } from './workerPlaces.ts';

/** A worker that gained room, and the first job it could take. */
interface FreedWorker {
  readonly id: WorkerId;
  readonly best: QueuePlace;
}

export function matchQueue(turn: Turn, { queueId }: CommandOf<'MatchQueue'>): Answer<Nothing> {
  const { store } = turn;
  const due = store.boards.get(queueId)?.due.takeUntil(turn.at);
  if (!due) return nothing;
  const fresh = inQueueOrder(found(due.jobs, (id) => admitToWaiting(store, id)));
  let next = 0;
  let freed = found(due.workers, (id) => lookForWork(store, id));
  let seen: Set<WorkerId> | undefined;
  for (;;) {
    const newcomer = fresh[next];
    const wanted = firstInOrder(newcomer, freed);
    if (!wanted) return nothing;
    const isNewcomer = wanted === newcomer;
    if (isLeftToOthers(turn, wanted, freed)) {
      if (isNewcomer) next += 1;
      freed = freed.filter(({ best }) => best !== wanted);
      continue;
    }
    const worker = isNewcomer ? firstToServe(turn, wanted) : firstOfFreed(turn, wanted, freed);
    if (isNewcomer && worker && isYetToLook(store, worker)) {
      seen ??= new Set(due.workers);
      if (!seen.has(worker.id)) {
        seen.add(worker.id);
        const late = lookForWork(store, worker.id);
        if (late) freed.push(late);
        continue;
      }
    }
    if (worker) issueOffer(turn, wanted, worker);
    const { isWaiting } = wanted;
    if (isNewcomer && (!worker || !isWaiting)) next += 1;
    const mustLook = (one: FreedWorker) => one.id === worker?.id || (one.best === wanted && !isWaiting);
    if (freed.some(mustLook)) {
      freed = found(freed, (one) => (mustLook(one) ? lookForWork(store, one.id) : one));
    }
  }
}

/** What is found for some of the items, in their order. */
function found<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found[] {
  const all: Found[] = [];
  for (const item of items) {
    const one = find(item);
    if (one !== undefined) all.push(one);
  }
  return all;
}

const inQueueOrder = (places: QueuePlace[]): readonly QueuePlace[] =>
  places.length < 2 ? places : places.sort((a, b) => (goesBefore(a, b) ? -1 : 1));

function firstInOrder(
  newcomer: QueuePlace | undefined,
  freed: readonly FreedWorker[],
): QueuePlace | undefined {
  let first = newcomer;
  for (const { best } of freed) if (!first || goesBefore(best, first)) first = best;
  return first;
}

/**
 * True for a worker that gained room and whose own turn comes later, or in another of its queues. It may be wanted by a
 * job that has waited, and that no newcomer must overtake.
 */
function isYetToLook(store: Store, { id, content: { queues } }: Worker): boolean {
  const [asked] = queues;
  return asked !== undefined && known(store.boards, asked).due.names(id);
}

/** Where we guessed: a worker in several queues takes the best job over all of them. */
function lookForWork(store: Store, id: WorkerId): FreedWorker | undefined {
  const worker = store.workers.get(id);
  if (!worker || !isAvailable(worker)) return undefined;
  const mayTake = (place: QueuePlace): boolean => {
    const job = waitingJob(place);
    return job !== undefined && mayBeOffered(job, worker);
  };
  const bestIn = ({ waiting, mode }: QueueBoard, bound: QueuePlace | undefined) =>
    waiting.bestFor(worker, mode.bypassSelectors, bound, mayTake);
  const boards = known(store.servedBoards, id);
  const front = frontOf(boards);
  let best = front && bestIn(front, undefined);
  // The very first of all: so it is with most. Otherwise the queues count whose first job goes before what was found.
  if (best && best === front?.line.first) return { id, best };
  for (const board of boards) {
    const { first } = board.line;
    if (!first || (best && !goesBefore(first, best))) continue;
    best = bestIn(board, best) ?? best;
  }
  return best && { id, best };
}

/** The queue whose first job goes before those of all others: to be looked into before them. */
function frontOf(boards: readonly QueueBoard[]): QueueBoard | undefined {
  let front: QueueBoard | undefined;
  for (const board of boards) {
    const { first } = board.line;
    if (first && (!front?.line.first || goesBefore(first, front.line.first))) front = board;
  }
  return front;
}

/** Tells whether it is for somebody outside to say who is the best for this job; if so, they are asked. */
function isLeftToOthers(turn: Turn, place: QueuePlace, freed: readonly FreedWorker[]): boolean {
  const { mode } = place.board;
  const rule = outsideRuleOf(mode);
  if (mode.kind !== 'bestWorker' || !rule) return false;
  const candidates = [...ableToServe(turn.store, place)];
  const spokenFor = freed.filter(({ best }) => best === place).map(({ id }) => id);
  if (candidates.length > 0) askForScores(turn, place, { rule, mode, candidates, spokenFor });
  return true;
}

/** A new job asks every available worker of its queue, in the order of the distribution mode. */
function firstToServe(turn: Turn, place: QueuePlace): Worker | undefined {
  return firstInMode(turn, place, ableToServe(turn.store, place));
}

function* ableToServe(store: Store, place: QueuePlace): Generator<Worker, void, undefined> {
  const available = availableOn(store, place.board);
  if (available.isEmpty) return;
  const job = waitingJob(place);
  if (!job) return;
  const { bypassSelectors } = place.board.mode;
  for (const worker of available.inOrder()) {
    if (canServe(worker, place.signature, bypassSelectors) && mayBeOffered(job, worker)) yield worker;
  }
}

/** The best of all wanted jobs is the best for everyone who could take it, so those are the candidates. */
function firstOfFreed(turn: Turn, wanted: QueuePlace, freed: readonly FreedWorker[]): Worker | undefined {
  const { store } = turn;
  const candidates = freed.filter(({ best }) => best === wanted).map(({ id }) => known(store.workers, id));
  return firstInMode(turn, wanted, wanted.board.available.sorted(candidates));
}

/** `workers` in the order of the mode, which with the best worker decides between equal scores only. */
function firstInMode(turn: Turn, place: QueuePlace, workers: Iterable<Worker>): Worker | undefined {
  const { mode } = place.board;
  const job = mode.kind === 'bestWorker' && waitingJob(place);
  if (job) return bestOf(turn, job, place, { mode, workers });
  for (const worker of workers) return worker;
  return undefined;
}
