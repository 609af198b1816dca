import { secondsAfter } from '../../clock/instant.ts';
import { idFrom } from './ids.ts';
import { addOffer } from './jobMoves.ts';
import type { Offer } from './offer.ts';
import { putJob } from './putJob.ts';
import { putWorker } from './putWorker.ts';
import type { QueuePlace } from './queuePlace.ts';
import { tellIssued } from './shownOffers.ts';
import { policyOf, type Turn } from './store.ts';
import { waitingJob } from './waiting.ts';
import { channelWithRoom, reserveFor, type Worker } from './worker.ts';

/** Offers the job to a worker that is known to be able to take it. */
export function issueOffer(turn: Turn, place: QueuePlace, worker: Worker): void {
  const { store } = turn;
  const { jobId, queueId, board, signature } = place;
  const job = waitingJob(place);
  const channel = channelWithRoom(worker, signature.channelId);
  if (!job || !channel) throw new Error(`Job ${jobId} was matched to worker ${worker.id} in vain`);
  const offer: Offer = {
    offerId: idFrom(turn.ports.newId()),
    jobId,
    workerId: worker.id,
    queueId,
    channelId: channel.channelId,
    capacityCost: channel.capacityCostPerJob,
    offeredAt: turn.at,
    expiresAt: secondsAfter(turn.at, policyOf(store, queueId).content.offerExpiresAfterSeconds),
  };
  store.openOffers.set(offer.offerId, offer);
  putJob(turn, addOffer(job, offer));
  putWorker(turn, reserveFor(worker, offer, turn.at));
  board.available.noteOffered(worker);
  if (worker.content.maxConcurrentOffers === undefined) tellIssued(turn, offer);
  turn.ask(offer.expiresAt, { type: 'ExpireOffer', workerId: worker.id, offerId: offer.offerId });
}
