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
  /** So many later events for this subscriber go first. */
  | { readonly kind: 'reorder'; readonly behind: number };

/** Asked once for each event and subscription, before the first attempt; undefined leaves the event alone. */
export type BeforeDelivery = (event: PublishedEvent, subscription: string) => DeliveryFault | undefined;

export type Deliver = (event: PublishedEvent, subscription: string) => void;

export interface DisturbedDelivery {
  readonly deliver: Deliver;
  /** Forgets what is held back. */
  close(): void;
}

/** An event that is to be overtaken goes out after this long, whether enough others have come or not. */
const LONGEST_WAIT_TO_BE_OVERTAKEN_SECONDS = 5;

interface HeldBack {
  readonly release: () => void;
  readonly cancel: CancelRun;
  /** How many later events have yet to go first. */
  behind: number;
}

/** `deliver`, with the faults that `beforeDelivery` asks for. */
export function disturbDelivery(
  deliver: Deliver,
  beforeDelivery: BeforeDelivery,
  clock: Clock,
): DisturbedDelivery {
  const delayed = new Set<CancelRun>();
  const heldBack = new Map<string, Set<HeldBack>>();

  const waitingFor = (subscription: string): Set<HeldBack> => {
    const waiting = heldBack.get(subscription) ?? new Set();
    heldBack.set(subscription, waiting);
    return waiting;
  };

  function deliverLater(event: PublishedEvent, subscription: string, at: Instant): void {
    const cancel = clock.at(at, () => {
      delayed.delete(cancel);
      deliver(event, subscription);
    });
    delayed.add(cancel);
  }

  function letGo(held: HeldBack, subscription: string): void {
    waitingFor(subscription).delete(held);
    held.cancel();
    held.release();
  }

  function holdBack(event: PublishedEvent, subscription: string, behind: number): void {
    const deadline = secondsAfter(clock.now(), LONGEST_WAIT_TO_BE_OVERTAKEN_SECONDS);
    const held: HeldBack = {
      release: () => deliver(event, subscription),
      cancel: clock.at(deadline, () => letGo(held, subscription)),
      behind,
    };
    waitingFor(subscription).add(held);
  }

  /** One more event has gone first. */
  function letThoseGoThatWaitedFor(waiting: readonly HeldBack[], subscription: string): void {
    for (const held of waiting) {
      held.behind -= 1;
      if (held.behind <= 0) letGo(held, subscription);
    }
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
        // Two that wait behind each other would keep their order: the later one goes out.
        if (fault.behind === 1 && waitingFor(subscription).size > 0) deliver(event, subscription);
        else holdBack(event, subscription, fault.behind);
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
      const waiting = [...waitingFor(subscription)];
      deliverWith(beforeDelivery(event, subscription), event, subscription);
      letThoseGoThatWaitedFor(waiting, subscription);
    },
    close() {
      for (const cancel of delayed) cancel();
      for (const waiting of heldBack.values()) for (const { cancel } of waiting) cancel();
      delayed.clear();
      heldBack.clear();
    },
  };
}
