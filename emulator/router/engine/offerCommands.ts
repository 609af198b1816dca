import { done, nothing, refused } from './answer.ts';
import type { AnswerOf, CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import { idFrom, type OfferId, type WorkerId } from './ids.ts';
import { isIn, type QueuedJob } from './job.ts';
import { assign, rememberDecline } from './jobMoves.ts';
import { isOver, type Offer } from './offer.ts';
import { putJob } from './putJob.ts';
import { putWorker } from './putWorker.ts';
import { endOffer, offerSnapshots, revokeOffers } from './revokeOffers.ts';
import { wasShown } from './shownOffers.ts';
import { known, type Store, type Turn } from './store.ts';
import { jobView, offerView, workerView } from './views.ts';
import { takeOn } from './worker.ts';
import { deregisterWorker } from './workerCommands.ts';

export function acceptOffer(
  turn: Turn,
  { offerId, workerId }: CommandOf<'AcceptOffer'>,
): Answer<AnswerOf<'AcceptOffer'>> {
  const { store } = turn;
  const offer = openOfferOf(store, workerId, offerId);
  if (!offer || isOver(offer, turn.at) || !wasShown(turn, offer))
    return refusedAccept(store, workerId, offerId);
  const { jobId } = offer;
  const job = jobOf(store, offer);
  const assignmentId = idFrom<AnswerOf<'AcceptOffer'>['assignmentId']>(turn.ports.newId());
  store.openOffers.delete(offerId);
  const assigned = assign(job, { assignmentId, workerId, assignedAt: turn.at }, turn.at);
  putJob(turn, assigned);
  const worker = takeOn(known(store.workers, workerId), offer, assignmentId, turn.at);
  putWorker(turn, worker);
  turn.tell({
    type: 'WorkerOfferAccepted',
    at: turn.at,
    offer: offerView(offer),
    job: jobView(assigned),
    worker: workerView(worker),
    assignmentId,
  });
  const lost = job.state.offers.filter((other) => other !== offer);
  for (const other of lost) store.lostOffers.remember(other);
  revokeOffers(turn, lost);
  return done({ assignmentId, jobId, workerId });
}

function refusedAccept(store: Store, workerId: WorkerId, offerId: OfferId) {
  const lost = store.lostOffers.get(offerId);
  return lost?.workerId === workerId
    ? refused({ kind: 'jobTaken', jobId: lost.jobId, offerId })
    : refused({ kind: 'offerNotFound', operation: 'accept', offerId, workerId });
}

export function declineOffer(
  turn: Turn,
  { offerId, workerId, retryOfferAt }: CommandOf<'DeclineOffer'>,
): Answer<Nothing> {
  const { store } = turn;
  const offer = openOfferOf(store, workerId, offerId);
  if (!offer || isOver(offer, turn.at) || !wasShown(turn, offer)) {
    return refused({ kind: 'offerNotFound', operation: 'decline', offerId, workerId });
  }
  const { registration } = known(store.workers, workerId);
  putJob(turn, rememberDecline(jobOf(store, offer), workerId, { registration, retryOfferAt }));
  endOffer(turn, offer);
  turn.tell({ type: 'WorkerOfferDeclined', at: turn.at, ...offerSnapshots(turn, offer) });
  if (retryOfferAt !== undefined) {
    const when = retryOfferAt > turn.at ? retryOfferAt : turn.at;
    turn.ask(when, { type: 'ForgetDecline', workerId, jobId: offer.jobId });
  }
  return nothing;
}

/**
 * Documented: an expired offer takes its worker offline, so that nothing more goes to somebody who is away. Where we
 * guessed: the other offers the worker has are revoked with that.
 */
export function expireOffer(turn: Turn, { workerId, offerId }: CommandOf<'ExpireOffer'>): Answer<Nothing> {
  const offer = openOfferOf(turn.store, workerId, offerId);
  if (!offer) return nothing;
  const isTold = wasShown(turn, offer);
  endOffer(turn, offer);
  if (!isTold) return nothing;
  turn.tell({ type: 'WorkerOfferExpired', at: turn.at, ...offerSnapshots(turn, offer) });
  deregisterWorker(turn, known(turn.store.workers, workerId));
  return nothing;
}

function openOfferOf(store: Store, workerId: WorkerId, offerId: OfferId): Offer | undefined {
  const offer = store.openOffers.get(offerId);
  return offer?.workerId === workerId ? offer : undefined;
}

function jobOf(store: Store, offer: Offer): QueuedJob {
  const job = known(store.jobs, offer.jobId);
  if (!isIn(job, 'queued'))
    throw new Error(`Offer ${offer.offerId} is open, its job ${job.id} is not queued`);
  return job;
}
