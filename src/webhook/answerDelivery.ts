/**
 * One request of Event Grid to the webhook: one event or a batch, in either schema. Event Grid knows one
 * answer per request, so one event that must come again brings its neighbours back too; that is safe, because
 * handling an event again is.
 *
 * Never answered: 400, 401, 403, 413. Event Grid takes them for a final no and gives the events up.
 */
import type { HttpResponseInit } from '@azure/functions';
import { type Handling, handleRouterEvent } from '../handleRouterEvent.ts';
import { endOfAnswerWindow } from '../handling/answerWindow.ts';
import { type ParkedEvent, parkedEvent } from '../handling/parkedEvents.ts';
import { WEBHOOK } from '../handling/reactions.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { isAcknowledged, type Outcome, reasonOf } from '../outcome.ts';

/** Enough to use the router's time well, few enough not to run into its request quota with one batch. */
const EVENTS_AT_ONCE = 16;

/** What a request of Event Grid comes to. */
export interface AnsweredDelivery {
  readonly response: HttpResponseInit;
  /** To be put into the queue of parked events. */
  readonly parked: readonly ParkedEvent[];
}

/** Handles every event of a body, independently of the others but for the time they share. */
export async function answerDelivery(
  body: unknown,
  app: Handling['app'],
  log: Handling['log'],
): Promise<AnsweredDelivery> {
  const handling: Handling = {
    functionName: WEBHOOK,
    app,
    log,
    answerBy: endOfAnswerWindow(app.clock.now()),
  };
  const delivered = await inParallel([body].flat(), EVENTS_AT_ONCE, async (event: unknown) => ({
    event,
    outcome: await handleRouterEvent(event, handling),
  }));
  return { response: answerTo(delivered), parked: parkedOf(delivered, app.clock.now()) };
}

interface Delivered {
  readonly event: unknown;
  readonly outcome: Outcome;
}

/** 200 with what became of each event, or 503 when one must come again. */
export function answerTo(delivered: readonly Delivered[]): HttpResponseInit {
  const retries = delivered.map(({ outcome }) => outcome).filter((outcome) => !isAcknowledged(outcome));
  const jsonBody = { events: delivered.map(summary) };
  if (retries.length === 0) return { status: 200, jsonBody };
  const seconds = Math.max(...retries.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds));
  return {
    status: 503,
    jsonBody,
    ...(seconds > 0 && { headers: { 'Retry-After': `${Math.ceil(seconds)}` } }),
  };
}

/**
 * Messages for the events to keep. A body that comes again is parked again: a message too many is better than
 * one that was left out because a neighbour had to be retried and then never came.
 */
const parkedOf = (delivered: readonly Delivered[], parkedAt: Date): readonly ParkedEvent[] =>
  delivered.flatMap(({ event, outcome }) =>
    outcome.kind === 'parked' ? [parkedEvent(outcome.reason, parkedAt, WEBHOOK, event)] : [],
  );

const summary = ({ event, outcome }: Delivered): object => ({
  id: idOf(event),
  outcome: outcome.kind,
  why: reasonOf(outcome),
});

const idOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined;
