/**
 * Offers that a worker with `maxConcurrentOffers` does not see yet. They are told when they show, so that nobody
 * hears of an offer that cannot be found. Where we guessed: one that ends before it ever showed leaves no trace: no
 * event, and its worker stays registered when it expires.
 */
import type { Offer } from './offer.ts';
import { known, type Turn } from './store.ts';
import { jobView, offerView, workerView } from './views.ts';
import { shownOffersOf } from './worker.ts';

/** True when the worker could see the offer as this command began. */
export function wasShown(turn: Turn, offer: Offer): boolean {
  const before = turn.shownBefore.get(offer.workerId);
  const isOffer = ({ offerId }: Offer) => offerId === offer.offerId;
  if (before) return before.some(isOffer);
  const worker = known(turn.store.workers, offer.workerId);
  return worker.content.maxConcurrentOffers === undefined || shownOffersOf(worker).some(isOffer);
}

/** Announces the offers that have come into sight with this command. */
export function tellShownOffers(turn: Turn): void {
  for (const [workerId, before] of turn.shownBefore) {
    const worker = turn.store.workers.get(workerId);
    if (!worker) continue;
    for (const offer of shownOffersOf(worker))
      if (!before.some(({ offerId }) => offerId === offer.offerId)) tellIssued(turn, offer);
  }
}

export function tellIssued(turn: Turn, offer: Offer): void {
  turn.tell({
    type: 'WorkerOfferIssued',
    at: turn.at,
    offer: offerView(offer),
    job: jobView(known(turn.store.jobs, offer.jobId)),
    worker: workerView(known(turn.store.workers, offer.workerId)),
  });
}
