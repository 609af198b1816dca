/**
 * One request of Event Grid to the webhook: one event or a batch, in either schema. Event Grid knows one answer per
 * request. A single event that must come again is left to it; those of a batch are kept in the storage queue instead,
 * so that one of them neither blocks its neighbours nor brings them back.
 */
import type { HttpResponseInit } from '@azure/functions';
import type { App } from '../composition.ts';
import { type Handling, handleRouterEvent } from '../handleRouterEvent.ts';
import { endOfAnswerWindow } from '../handling/answerWindow.ts';
import { type ParkedEvent, parkedEvent } from '../handling/parkedEvents.ts';
import { WEBHOOK } from '../handling/reactions.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { isAcknowledged, type Outcome, reasonOf } from '../outcome.ts';
import { keepForLater } from './keepForLater.ts';

/** Enough to use the router's time well, few enough not to run into its request quota with one batch. */
const EVENTS_AT_ONCE = 16;

/** What answering a delivery needs besides its content. */
export interface DeliveryParts extends Omit<Handling, 'functionName' | 'answerBy' | 'app'> {
  readonly app: Handling['app'] & Pick<App, 'deferrals' | 'clock'>;
}

/** What a request of Event Grid comes to. */
export interface AnsweredDelivery {
  readonly response: HttpResponseInit;
  /** To be put into the queue of parked events. */
  readonly parked: readonly ParkedEvent[];
}

/** An event of a delivery, and what became of it. */
export interface Delivered {
  readonly event: unknown;
  readonly outcome: Outcome;
  /** It must come again, and will: out of the storage queue. */
  readonly isKept?: boolean;
}

/** Handles every event of a body, independently of the others but for the time they share. */
export async function answerDelivery(content: unknown, parts: DeliveryParts): Promise<AnsweredDelivery> {
  const { clock, deferrals } = parts.app;
  const answerBy = endOfAnswerWindow(clock.now());
  const handling: Handling = { ...parts, functionName: WEBHOOK, answerBy };
  const events = [content].flat();
  const handled = await inParallel(events, EVENTS_AT_ONCE, async (event: unknown): Promise<Delivered> => {
    const isTooLate = clock.now() >= answerBy;
    return { event, outcome: isTooLate ? notBegun : await handleRouterEvent(event, handling) };
  });
  const delivered = events.length > 1 ? await keepForLater(handled, deferrals, clock) : handled;
  return { response: answerTo(delivered), parked: parkedOf(delivered, clock.now()) };
}

const notBegun: Outcome = {
  kind: 'mustRetry',
  cause: 'not begun before Event Grid wanted its answer',
  retryAfterSeconds: 1,
};

/** 200 with what became of each event, or 503 when Event Grid has to deliver them again. */
export function answerTo(delivered: readonly Delivered[]): HttpResponseInit {
  const left = delivered.filter(({ outcome, isKept = false }) => !isAcknowledged(outcome) && !isKept);
  const jsonBody = { events: delivered.map(summary) };
  if (left.length === 0) return { status: 200, jsonBody };
  const seconds = Math.max(...left.map(({ outcome }) => secondsAskedBy(outcome)));
  return {
    status: 503,
    jsonBody,
    ...(seconds > 0 && { headers: { 'Retry-After': `${Math.ceil(seconds)}` } }),
  };
}

const secondsAskedBy = (outcome: Outcome): number =>
  isAcknowledged(outcome) ? 0 : (outcome.retryAfterSeconds ?? 0);

/**
 * Messages for the events to keep. A body that comes again is parked again: a message too many is better than
 * one that was left out because a neighbour had to be retried and then never came.
 */
const parkedOf = (delivered: readonly Delivered[], parkedAt: Date): readonly ParkedEvent[] =>
  delivered.flatMap(({ event, outcome }) =>
    outcome.kind === 'parked' ? [parkedEvent(outcome.reason, parkedAt, WEBHOOK, event)] : [],
  );

const summary = ({ event, outcome, isKept }: Delivered): object => ({
  id: idOf(event),
  outcome: outcome.kind,
  why: reasonOf(outcome),
  ...(isKept && { keptFor: 'resumeDeferredWork' }),
});

const idOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined;
