/**
 * Matching. It looks only at what has changed: jobs that began to wait and workers that gained room. A waiting
 * job that is neither new nor wanted by a freed worker found nobody before and would find nobody now.
 */
import { nothing } from './answer.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import { idFrom, type WorkerId } from './ids.ts';
import { addOffer, mayBeOffered } from './job.ts';
import { openOffer } from './offer.ts';
import {
  admitToWaiting,
  known,
  policyOf,
  putJob,
  putWorker,
  type Store,
  type Turn,
  waitingJob,
} from './store.ts';
import { jobView, offerView, workerView } from './views.ts';
import { canServe, goesBefore, type WaitingJob } from './waitingJobs.ts';
import { channelWithRoom, isAvailable, reserveFor, type Worker } from './worker.ts';

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
  for (;;) {
    const newcomer = fresh[next];
    const wanted = firstInOrder(newcomer, freed);
    if (!wanted) return nothing;
    const worker = wanted === newcomer ? firstToServe(store, wanted) : firstOfFreed(store, wanted, freed);
    if (worker) issueOffer(turn, wanted, worker);
    const isWaiting = store.places.get(wanted.jobId) === wanted;
    if (wanted === newcomer && (!worker || !isWaiting)) next += 1;
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

/** A new job asks every available worker of its queue, in the order of the distribution mode. */
function firstToServe(store: Store, place: WaitingJob): Worker | undefined {
  const job = waitingJob(store, place.jobId);
  if (!job) return undefined;
  const { bypassSelectors } = policyOf(store, place.queueId).content.mode;
  for (const worker of known(store.boards, place.queueId).available.inOrder()) {
    if (canServe(worker, place.signature, bypassSelectors) && mayBeOffered(job, worker)) return worker;
  }
  return undefined;
}

/** The best of all wanted jobs is the best for everyone who could take it, so those are the candidates. */
function firstOfFreed(store: Store, wanted: WaitingJob, freed: readonly FreedWorker[]): Worker | undefined {
  const candidates = freed.filter(({ best }) => best === wanted).map(({ id }) => known(store.workers, id));
  return known(store.boards, wanted.queueId).available.firstOf(candidates);
}

function issueOffer(turn: Turn, { jobId, queueId, signature }: WaitingJob, worker: Worker): void {
  const { store } = turn;
  const job = waitingJob(store, jobId);
  const channel = channelWithRoom(worker, signature.channelId);
  if (!job || !channel) throw new Error(`Job ${jobId} was matched to worker ${worker.id} in vain`);
  const offer = openOffer({
    offerId: idFrom(turn.ports.newId()),
    jobId,
    workerId: worker.id,
    queueId,
    channelId: channel.channelId,
    capacityCost: channel.capacityCostPerJob,
    offeredAt: turn.at,
    expiresAfterSeconds: policyOf(store, queueId).content.offerExpiresAfterSeconds,
  });
  const [offered, reserved] = [addOffer(job, offer), reserveFor(worker, offer, turn.at)];
  store.openOffers.set(offer.offerId, offer);
  putJob(turn, offered);
  putWorker(turn, reserved);
  known(store.boards, queueId).available.noteOffered(worker);
  turn.tell({
    type: 'WorkerOfferIssued',
    at: turn.at,
    offer: offerView(offer),
    job: jobView(offered),
    worker: workerView(reserved),
  });
  turn.ask(offer.expiresAt, { type: 'ExpireOffer', workerId: worker.id, offerId: offer.offerId });
}
