/**
 * One request of Event Grid to the webhook: one event or a batch, in either schema. Event Grid knows one
 * answer per request, so one event that must come again brings its neighbours back too; that is safe, because
 * handling an event again is.
 *
 * Never answered: 400, 401, 403, 413. Event Grid takes them for a final no and gives the events up.
 */
import type { HttpResponseInit } from '@azure/functions';
import { inParallel } from '../inParallel.ts';
import { isAcknowledged, type Outcome, reasonOf } from '../outcome.ts';
import type { ParkedEvent } from '../parkedEvents.ts';

/** Enough to use the router's time well, few enough not to run into its request quota with one batch. */
const eventsAtOnce = 16;

export interface Delivered {
  readonly event: unknown;
  readonly outcome: Outcome;
}

/** Handles every event of a body independently of the others. */
export function deliverEach(
  body: unknown,
  handle: (event: unknown) => Promise<Outcome>,
): Promise<readonly Delivered[]> {
  return inParallel([body].flat(), eventsAtOnce, async (event: unknown) => ({
    event,
    outcome: await handle(event),
  }));
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
export function parkedOf(delivered: readonly Delivered[], parkedAt: Date): readonly ParkedEvent[] {
  return delivered.flatMap(({ event, outcome }) =>
    outcome.kind === 'parked'
      ? [{ reason: outcome.reason, parkedAt: parkedAt.toISOString(), function: 'receiveRouterEvents', event }]
      : [],
  );
}

/**
 * The body as JSON. What is not JSON stays the text it is, takes the path of any unreadable event, and is
 * kept: refusing it would make Event Grid throw it away.
 */
export function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const summary = ({ event, outcome }: Delivered): object => ({
  id: idOf(event),
  outcome: outcome.kind,
  why: reasonOf(outcome),
});

const idOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined;
