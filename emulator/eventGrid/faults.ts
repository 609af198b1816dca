/**
 * Trouble on the way to subscribers, on purpose: what Event Grid may do to an event (deliver it twice, late or out of
 * order) and what it promises not to do (lose it). Whether and when is decided by a function from outside, so that a
 * seed there makes a run repeatable.
 */
import type { CancelRun, Clock } from '../clock/clock.ts';
import { type Instant, millisecondsAfter, secondsAfter } from '../clock/instant.ts';
import type { PublishedEvent } from './envelope.ts';

export type DeliveryFault =
  /** The subscriber never gets this event. */
  | { readonly kind: 'drop' }
  /** The subscriber gets it once more, under the same id. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The next event for this subscriber goes first. */
  | { readonly kind: 'reorder' };

/** Asked once for each event and subscription, before the first attempt; undefined leaves the event alone. */
export type BeforeDelivery = (event: PublishedEvent, subscription: string) => DeliveryFault | undefined;

export type Deliver = (event: PublishedEvent, subscription: string) => void;

export interface DisturbedDelivery {
  readonly deliver: Deliver;
  /** Forgets what is held back. */
  close(): void;
}

/** An event that is to be overtaken goes out after this long when no other comes. */
const LONGEST_WAIT_TO_BE_OVERTAKEN_SECONDS = 5;

interface HeldBack {
  readonly release: () => void;
  readonly cancel: CancelRun;
}

/** `deliver`, with the faults that `beforeDelivery` asks for. */
export function disturbDelivery(
  deliver: Deliver,
  beforeDelivery: BeforeDelivery,
  clock: Clock,
): DisturbedDelivery {
  const delayed = new Set<CancelRun>();
  const heldBack = new Map<string, HeldBack>();

  function deliverLater(event: PublishedEvent, subscription: string, at: Instant): void {
    const cancel = clock.at(at, () => {
      delayed.delete(cancel);
      deliver(event, subscription);
    });
    delayed.add(cancel);
  }

  function releaseHeldBack(subscription: string): void {
    const held = heldBack.get(subscription);
    heldBack.delete(subscription);
    held?.cancel();
    held?.release();
  }

  function holdBack(event: PublishedEvent, subscription: string): void {
    const deadline = secondsAfter(clock.now(), LONGEST_WAIT_TO_BE_OVERTAKEN_SECONDS);
    const cancel = clock.at(deadline, () => releaseHeldBack(subscription));
    heldBack.set(subscription, { release: () => deliver(event, subscription), cancel });
  }

  function deliverWith(fault: DeliveryFault | undefined, event: PublishedEvent, subscription: string): void {
    switch (fault?.kind) {
      case 'drop':
        break;
      case 'duplicate':
        deliver(event, subscription);
        deliver(event, subscription);
        break;
      case 'delay':
        deliverLater(event, subscription, millisecondsAfter(clock.now(), fault.milliseconds));
        break;
      case 'reorder':
        // One at a time is overtaken: an event that was asked to wait behind a waiting one goes out.
        if (heldBack.has(subscription)) deliver(event, subscription);
        else holdBack(event, subscription);
        break;
      case undefined:
        deliver(event, subscription);
        break;
      default:
        fault satisfies never;
    }
  }

  return {
    deliver(event, subscription) {
      const isAwaited = heldBack.has(subscription);
      deliverWith(beforeDelivery(event, subscription), event, subscription);
      if (isAwaited) releaseHeldBack(subscription);
    },
    close() {
      for (const cancel of delayed) cancel();
      for (const { cancel } of heldBack.values()) cancel();
      delayed.clear();
      heldBack.clear();
    },
  };
}
