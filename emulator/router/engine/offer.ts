import type { Instant } from '../../clock/instant.ts';
import type { JobId, OfferId, QueueId, WorkerId } from './ids.ts';

/** An offer exists only while it is open; its life is told in README.md. */
export interface Offer {
  readonly offerId: OfferId;
  readonly jobId: JobId;
  readonly workerId: WorkerId;
  readonly queueId: QueueId;
  readonly channelId: string;
  /** Held on the worker for as long as the offer is open. */
  readonly capacityCost: number;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
}

/** Where we guessed: an accept at this very instant comes too late, even if nobody has noticed the expiry yet. */
export const isOver = (offer: Offer, at: Instant): boolean => at >= offer.expiresAt;

const REMEMBERED_LOST_OFFERS = 1000;

/**
 * The offers lately revoked because another worker took the job, so that the loser of the race can be told.
 * Where we guessed: how long the service remembers; we keep the latest thousand.
 */
export class LostOffers {
  readonly #offers = new Map<OfferId, Offer>();

  remember(offer: Offer): void {
    this.#offers.set(offer.offerId, offer);
    if (this.#offers.size <= REMEMBERED_LOST_OFFERS) return;
    for (const oldest of this.#offers.keys()) {
      this.#offers.delete(oldest);
      return;
    }
  }

  get(id: OfferId): Offer | undefined {
    return this.#offers.get(id);
  }

  list(): readonly Offer[] {
    return [...this.#offers.values()];
  }
}
