import { isIn } from './job.ts';
import { dropOffer } from './jobMoves.ts';
import type { Offer } from './offer.ts';
import { putJob } from './putJob.ts';
import { putWorker } from './putWorker.ts';
import { wasShown } from './shownOffers.ts';
import { known, type Turn } from './store.ts';
import { jobView, offerView, workerView } from './views.ts';
import { releaseOffer } from './worker.ts';

/** The offer is no more: its job and its worker, where they still have it, are free for others. */
export function endOffer(turn: Turn, offer: Offer): void {
  const { store } = turn;
  store.openOffers.delete(offer.offerId);
  const job = known(store.jobs, offer.jobId);
  if (isIn(job, 'queued') && job.state.offers.includes(offer)) putJob(turn, dropOffer(job, offer.offerId));
  const worker = known(store.workers, offer.workerId);
  const released = releaseOffer(worker, offer.offerId, turn.at);
  if (released !== worker) putWorker(turn, released);
}

export function revokeOffers(turn: Turn, offers: readonly Offer[]): void {
  for (const offer of offers) {
    const isTold = wasShown(turn, offer);
    endOffer(turn, offer);
    if (isTold) turn.tell({ type: 'WorkerOfferRevoked', at: turn.at, ...offerSnapshots(turn, offer) });
  }
}

/** The offer, its job and its worker as they are now. */
export const offerSnapshots = ({ store }: Turn, offer: Offer) => ({
  offer: offerView(offer),
  job: jobView(known(store.jobs, offer.jobId)),
  worker: workerView(known(store.workers, offer.workerId)),
});
