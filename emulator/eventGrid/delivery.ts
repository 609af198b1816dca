/**
 * Brings events to subscribers: at least once, again on the schedule while an endpoint fails, and given up in
 * the end. Every wait is asked of the clock, and every run hands it the promise of its attempt, so that a manual
 * clock moves on only when the attempt is over.
 */
import type { CancelRun, Clock } from '../clock/clock.ts';
import type { Instant } from '../clock/instant.ts';
import { createActivity } from './activity.ts';
import { takeBatch } from './batch.ts';
import { type DeadLetter, deadLetter } from './deadLetter.ts';
import type { PublishedEvent } from './envelope.ts';
import { createLane, type Lane } from './lane.ts';
import { bytesOnTheWire, notification } from './notification.ts';
import { createProbation, PROBATION_OUTCOME } from './probation.ts';
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
  /** How many events the request carried, when it carried several. */
  readonly batchSize?: number;
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
  /** Forgets what is to be delivered; attempts under way end and are not followed by others. */
  forget(): void;
  /** Starts nothing any more and resolves when the attempts under way have ended. */
  close(): Promise<void>;
}

/** What travels in one request and shares its fate: all of it arrives, or all of it is tried again. */
interface Delivery {
  readonly events: readonly [PublishedEvent, ...PublishedEvent[]];
  readonly subscription: string;
  readonly attempts: number;
  readonly last?: LastAttempt;
}

interface LastAttempt {
  readonly at: Instant;
  readonly outcome: AttemptOutcome;
}

type Attempted = Delivery & { readonly last: LastAttempt };

export function createDeliveries(ports: DeliveryPorts): Deliveries {
  const { clock, random, send, topic, find, onAttempt, onDeadLetter } = ports;
  const lanes = new Map<string, Lane>();
  const probation = createProbation();
  /** Events that were never tried, by subscription. */
  const waiting = new Map<string, PublishedEvent[]>();
  const scheduled = new Set<CancelRun>();
  /** Attempts that are due or under way. */
  const activity = createActivity();
  let isClosed = false;
  /** Moves when everything is forgotten; what was under way then belongs to the era before. */
  let era = 0;

  function drop(): void {
    for (const cancel of scheduled) cancel();
    scheduled.clear();
    waiting.clear();
  }

  function laneOf(subscription: string): Lane {
    const lane = lanes.get(subscription) ?? createLane(CONCURRENT_DELIVERIES);
    lanes.set(subscription, lane);
    return lane;
  }

  function waitingFor(subscription: string): PublishedEvent[] {
    const events = waiting.get(subscription) ?? [];
    waiting.set(subscription, events);
    return events;
  }

  /** `isDue` says that the run is for now, and that everybody who waits for quiet waits for it. */
  function schedule(subscription: string, at: Instant, isDue: boolean, task: () => Promise<void>): void {
    if (isDue) activity.begin();
    const cancel = clock.at(at, async () => {
      scheduled.delete(cancelRun);
      if (!isDue) activity.begin();
      await laneOf(subscription).run(task);
      activity.end();
    });
    const cancelRun = () => {
      cancel();
      if (isDue) activity.end();
    };
    scheduled.add(cancelRun);
  }

  /** Every event asks for one of these; the first that runs may take the events of the others along. */
  async function attemptNext(subscription: string): Promise<void> {
    const settings = find(subscription);
    const events = waitingFor(subscription);
    if (!settings) events.length = 0;
    else {
      const [first, ...others] = takeBatch(events, settings, (event) =>
        bytesOnTheWire(event, settings.schema, topic),
      );
      if (first) await attempt({ events: [first, ...others], subscription, attempts: 0 });
    }
  }

  /**
   * Where we guessed: a subscription that was replaced meanwhile gets older events too, at its new endpoint; one
   * that was deleted gets nothing any more, dead letters included.
   */
  async function attempt(delivery: Delivery): Promise<void> {
    const settings = find(delivery.subscription);
    if (isClosed || !settings) return;
    const at = clock.now();
    const release = probation.until(settings.endpoint, at);
    if (release !== undefined) return attemptAgain(delivery, release);
    const begun = era;
    const sent = await outcomeOf(send, notification(delivery.events, settings, topic, delivery.attempts));
    const outcome = sent.kind === 'answered' ? { kind: sent.kind, status: sent.answer.status } : sent;
    if (begun !== era) return;
    // What close() cut off says nothing about the endpoint.
    if (isClosed && outcome.kind === 'unanswered') return;
    follow({ ...delivery, attempts: delivery.attempts + 1, last: { at, outcome } }, settings);
  }

  function follow(delivery: Attempted, settings: SubscriptionSettings): void {
    const { attempts, last } = delivery;
    const now = clock.now();
    probation.note(settings.endpoint, last.outcome, now);
    const verdict = verdictOn({
      outcome: last.outcome,
      attempts,
      endpoint: endpointKindOf(settings.endpoint),
      policy: settings.retryPolicy,
      now,
      random: random(),
    });
    for (const event of delivery.events) onAttempt(record(delivery, event, verdict));
    if (verdict.kind === 'deadLetter') giveUp(delivery, delivery.events, settings, verdict.reason);
    if (verdict.kind === 'retry') attemptAgain(delivery, verdict.at);
  }

  function attemptAgain(delivery: Delivery, at: Instant): void {
    if (!isClosed) schedule(delivery.subscription, at, false, () => attemptYoung(delivery));
  }

  /** Documented: how old an event is counts only when its next attempt is due. */
  async function attemptYoung(delivery: Delivery): Promise<void> {
    const settings = find(delivery.subscription);
    if (isClosed || !settings) return;
    const now = clock.now();
    const isTooOld = (event: PublishedEvent) =>
      hasOutlivedPolicy(event.publishedAt, settings.retryPolicy, now);
    giveUp(delivery, delivery.events.filter(isTooOld), settings, TIME_TO_LIVE_EXCEEDED);
    const [first, ...others] = delivery.events.filter((event) => !isTooOld(event));
    if (first) await attempt({ ...delivery, events: [first, ...others] });
  }

  function giveUp(
    { attempts, last }: Delivery,
    events: readonly PublishedEvent[],
    settings: SubscriptionSettings,
    reason: string,
  ): void {
    const lastOutcome = last ? outcomeName(last.outcome) : PROBATION_OUTCOME;
    const lastAttemptAt = last?.at;
    for (const event of events) {
      onDeadLetter(deadLetter({ event, settings, topic, reason, attempts, lastOutcome, lastAttemptAt }));
    }
  }

  return {
    deliver(event, subscription) {
      if (isClosed) return;
      waitingFor(subscription).push(event);
      schedule(subscription, clock.now(), true, () => attemptNext(subscription));
    },
    idle: activity.idle,
    forget() {
      era += 1;
      drop();
    },
    close() {
      isClosed = true;
      drop();
      return activity.idle();
    },
  };
}

function record(
  { subscription, events, attempts, last }: Attempted,
  event: PublishedEvent,
  verdict: Verdict,
): DeliveryAttempt {
  return {
    at: last.at,
    subscription,
    eventId: event.id,
    eventType: event.type,
    attempt: attempts,
    ...(events.length > 1 && { batchSize: events.length }),
    outcome: last.outcome,
    result: RESULT[verdict.kind],
    ...(verdict.kind === 'retry' && { nextAttemptAt: verdict.at }),
  };
}

const RESULT = { delivered: 'delivered', retry: 'willRetry', deadLetter: 'deadLettered' } as const;
