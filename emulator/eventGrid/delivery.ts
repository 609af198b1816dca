/**
 * Brings events to subscribers: at least once, again on the schedule while an endpoint fails, and given up in
 * the end. Every wait is asked of the clock, and every run hands it the promise of its attempt, so that a manual
 * clock moves on only when the attempt is over.
 */
import type { CancelRun, Clock } from '../clock/clock.ts';
import type { Instant } from '../clock/instant.ts';
import { createActivity } from './activity.ts';
import { type DeadLetter, deadLetter } from './deadLetter.ts';
import type { PublishedEvent } from './envelope.ts';
import { createLane, type Lane } from './lane.ts';
import { notification } from './notification.ts';
import {
  type AttemptOutcome,
  endpointKindOf,
  hasOutlivedPolicy,
  outcomeName,
  TIME_TO_LIVE_EXCEEDED,
  type Verdict,
  verdictOn,
} from './retry.ts';
import { outcomeOf, type Send } from './send.ts';
import type { SubscriptionSettings } from './subscription.ts';

/** Where we guessed: how many deliveries one subscriber gets at a time; the service says only that it adapts. */
const CONCURRENT_DELIVERIES = 16;

/** One try to deliver one event to one subscription. */
export interface DeliveryAttempt {
  /** When the request left. */
  readonly at: Instant;
  readonly subscription: string;
  readonly eventId: string;
  readonly eventType: string;
  /** 1 for the first; the header aeg-delivery-count is one less. */
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  readonly result: 'delivered' | 'willRetry' | 'deadLettered';
  /** Present when it will be tried again. */
  readonly nextAttemptAt?: Instant;
}

export interface DeliveryPorts {
  readonly clock: Clock;
  /** At least 0, less than 1. */
  readonly random: () => number;
  readonly send: Send;
  readonly topic: string;
  /** The settings of an active subscription, as they are at the time of an attempt. */
  readonly find: (subscription: string) => SubscriptionSettings | undefined;
  readonly onAttempt: (attempt: DeliveryAttempt) => void;
  readonly onDeadLetter: (letter: DeadLetter) => void;
}

export interface Deliveries {
  /** Takes the event on; the first attempt follows as soon as the clock allows. Never throws. */
  deliver(event: PublishedEvent, subscription: string): void;
  /** Resolves when no attempt is due or under way; those scheduled for later do not count. */
  idle(): Promise<void>;
  /** Starts nothing any more and resolves when the attempts under way have ended. */
  close(): Promise<void>;
}

/** A delivery between two attempts. */
interface Delivery {
  readonly event: PublishedEvent;
  readonly subscription: string;
  readonly attempts: number;
  readonly last?: { readonly at: Instant; readonly outcome: AttemptOutcome };
}

export function createDeliveries(ports: DeliveryPorts): Deliveries {
  const { clock, random, send, topic, find, onAttempt, onDeadLetter } = ports;
  const lanes = new Map<string, Lane>();
  const scheduled = new Set<CancelRun>();
  /** Attempts that are due or under way. */
  const activity = createActivity();
  let isClosed = false;

  function laneOf(subscription: string): Lane {
    const lane = lanes.get(subscription) ?? createLane(CONCURRENT_DELIVERIES);
    lanes.set(subscription, lane);
    return lane;
  }

  function schedule(delivery: Delivery, at: Instant): void {
    const isFirst = delivery.attempts === 0;
    if (isFirst) activity.begin();
    const cancel = clock.at(at, async () => {
      scheduled.delete(cancelRun);
      if (!isFirst) activity.begin();
      await laneOf(delivery.subscription).run(() => attempt(delivery));
      activity.end();
    });
    const cancelRun = () => {
      cancel();
      if (isFirst) activity.end();
    };
    scheduled.add(cancelRun);
  }

  /**
   * Where we guessed: a subscription that was replaced meanwhile gets older events too, at its new endpoint; one
   * that was deleted gets nothing any more, dead letters included.
   */
  async function attempt(delivery: Delivery): Promise<void> {
    const settings = find(delivery.subscription);
    if (isClosed || !settings) return;
    const at = clock.now();
    if (delivery.last && hasOutlivedPolicy(delivery.event.publishedAt, settings.retryPolicy, at)) {
      giveUp({ ...delivery, last: delivery.last }, settings, TIME_TO_LIVE_EXCEEDED);
      return;
    }
    const sent = await outcomeOf(send, notification(delivery.event, settings, topic, delivery.attempts));
    const outcome = sent.kind === 'answered' ? { kind: sent.kind, status: sent.answer.status } : sent;
    // What close() cut off says nothing about the endpoint.
    if (isClosed && outcome.kind === 'unanswered') return;
    follow({ ...delivery, attempts: delivery.attempts + 1, last: { at, outcome } }, settings);
  }

  function follow(delivery: Attempted, settings: SubscriptionSettings): void {
    const { attempts, last } = delivery;
    const verdict = verdictOn({
      outcome: last.outcome,
      attempts,
      endpoint: endpointKindOf(settings.endpoint),
      policy: settings.retryPolicy,
      now: clock.now(),
      random: random(),
    });
    onAttempt(record(delivery, verdict));
    if (verdict.kind === 'deadLetter') giveUp(delivery, settings, verdict.reason);
    if (verdict.kind === 'retry' && !isClosed) schedule(delivery, verdict.at);
  }

  function giveUp(
    { event, attempts, last }: Attempted,
    settings: SubscriptionSettings,
    reason: string,
  ): void {
    const lastOutcome = outcomeName(last.outcome);
    onDeadLetter(
      deadLetter({ event, settings, topic, reason, attempts, lastOutcome, lastAttemptAt: last.at }),
    );
  }

  return {
    deliver(event, subscription) {
      if (!isClosed) schedule({ event, subscription, attempts: 0 }, clock.now());
    },
    idle: activity.idle,
    close() {
      isClosed = true;
      for (const cancel of scheduled) cancel();
      scheduled.clear();
      return activity.idle();
    },
  };
}

type Attempted = Delivery & Required<Pick<Delivery, 'last'>>;

function record({ event, subscription, attempts, last }: Attempted, verdict: Verdict): DeliveryAttempt {
  return {
    at: last.at,
    subscription,
    eventId: event.id,
    eventType: event.type,
    attempt: attempts,
    outcome: last.outcome,
    result: RESULT[verdict.kind],
    ...(verdict.kind === 'retry' ? { nextAttemptAt: verdict.at } : {}),
  };
}

const RESULT = { delivered: 'delivered', retry: 'willRetry', deadLetter: 'deadLettered' } as const;
