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
import { askForScores } from './scoring.ts';
import { admitToWaiting, known, policyOf, type Store, type Turn, waitingJob } from './store.ts';
import { canServe, goesBefore, type WaitingJob } from './waitingJobs.ts';
import { isAvailable, type Worker } from './worker.ts';

/** A worker that gained room, and the first job it could take. */
interface FreedWorker {
  readonly id: WorkerId;
  readonly best: WaitingJob;
}

export function matchQueue(turn: Turn, { queueId }: CommandOf<'MatchQueue'>): Answer<Nothing> {
  const { store } = turn;
  const due = store.boards.get(queueId)?.due.takeUntil(turn.at);
  if (!due) return nothing;
  const fresh = inQueueOrder([...due.jobs].flatMap((id) => admitToWaiting(store, id) ?? []));
  let next = 0;
  let freed = [...due.workers].flatMap((id) => lookForWork(store, id));
  const seen = new Set(due.workers);
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
    if (isNewcomer && worker && !seen.has(worker.id) && isYetToLook(store, worker)) {
      seen.add(worker.id);
      freed = [...freed, ...lookForWork(store, worker.id)];
      continue;
    }
    if (worker) issueOffer(turn, wanted, worker);
    const isWaiting = store.places.get(wanted.jobId) === wanted;
    if (isNewcomer && (!worker || !isWaiting)) next += 1;
    freed = freed.flatMap((one) =>
      one.id === worker?.id || (one.best === wanted && !isWaiting) ? lookForWork(store, one.id) : one,
    );
  }
}

const inQueueOrder = (places: WaitingJob[]): readonly WaitingJob[] =>
  places.sort((a, b) => (goesBefore(a, b) ? -1 : 1));

function firstInOrder(
  newcomer: WaitingJob | undefined,
  freed: readonly FreedWorker[],
): WaitingJob | undefined {
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
function lookForWork(store: Store, id: WorkerId): readonly FreedWorker[] {
  const worker = store.workers.get(id);
  if (!worker || !isAvailable(worker)) return [];
  let best: WaitingJob | undefined;
  for (const queueId of worker.content.queues) {
    const { bypassSelectors } = policyOf(store, queueId).content.mode;
    const { waiting } = known(store.boards, queueId);
    const better = waiting.bestFor(worker, bypassSelectors, best, ({ jobId }) => waitingJob(store, jobId));
    best = better ?? best;
  }
  return best ? [{ id, best }] : [];
}

/** Tells whether it is for somebody outside to say who is the best for this job; if so, they are asked. */
function isLeftToOthers(turn: Turn, place: WaitingJob, freed: readonly FreedWorker[]): boolean {
  const { mode } = policyOf(turn.store, place.queueId).content;
  const rule = outsideRuleOf(mode);
  if (mode.kind !== 'bestWorker' || !rule) return false;
  const candidates = [...ableToServe(turn.store, place)];
  const spokenFor = freed.filter(({ best }) => best === place).map(({ id }) => id);
  if (candidates.length > 0) askForScores(turn, place, { rule, mode, candidates, spokenFor });
  return true;
}

/** A new job asks every available worker of its queue, in the order of the distribution mode. */
function firstToServe(turn: Turn, place: WaitingJob): Worker | undefined {
  return firstInMode(turn, place, ableToServe(turn.store, place));
}

function* ableToServe(store: Store, place: WaitingJob): Generator<Worker, void, undefined> {
  const job = waitingJob(store, place.jobId);
  if (!job) return;
  const { bypassSelectors } = policyOf(store, place.queueId).content.mode;
  for (const worker of known(store.boards, place.queueId).available.inOrder()) {
    if (canServe(worker, place.signature, bypassSelectors) && mayBeOffered(job, worker)) yield worker;
  }
}

/** The best of all wanted jobs is the best for everyone who could take it, so those are the candidates. */
function firstOfFreed(turn: Turn, wanted: WaitingJob, freed: readonly FreedWorker[]): Worker | undefined {
  const { store } = turn;
  const candidates = freed.filter(({ best }) => best === wanted).map(({ id }) => known(store.workers, id));
  return firstInMode(turn, wanted, known(store.boards, wanted.queueId).available.sorted(candidates));
}

/** `workers` in the order of the mode, which with the best worker decides between equal scores only. */
function firstInMode(turn: Turn, place: WaitingJob, workers: Iterable<Worker>): Worker | undefined {
  const { mode } = policyOf(turn.store, place.queueId).content;
  const job = waitingJob(turn.store, place.jobId);
  if (mode.kind === 'bestWorker' && job) return bestOf(turn, job, place, { mode, workers });
  for (const worker of workers) return worker;
  return undefined;
}
