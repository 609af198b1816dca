/**
 * One request of Event Grid to the webhook: one event or a batch, in either schema. Event Grid knows one answer per
 * request. A single event that must come again is left to it and its schedule; those of a batch are kept in the
 * storage queue, so that one of them neither blocks its neighbours nor brings them back.
 */
import type { HttpResponseInit } from '@azure/functions';
import { endOfAnswerWindow } from '../handling/answerWindow.ts';
import { type HandlingOrParking, handleOrPark } from '../handling/handleOrPark.ts';
import { WEBHOOK } from '../handling/reactions.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { isAcknowledged, type Outcome, reasonOf } from '../outcome.ts';
import { type Delivered, keepForLater } from './keepForLater.ts';

/** Enough to use the router's time well; a batch that would run into the request quota waits for its slots anyway. */
const EVENTS_AT_ONCE = 16;

/** What answering a delivery needs besides its content. */
export type DeliveryParts = Omit<HandlingOrParking, 'functionName' | 'answerBy'>;

/** Handles every event of a body, independently of the others but for the time they share. */
export async function answerDelivery(content: unknown, parts: DeliveryParts): Promise<HttpResponseInit> {
  const { clock } = parts.app;
  const answerBy = endOfAnswerWindow(clock.now());
  const handling: HandlingOrParking = { ...parts, functionName: WEBHOOK, answerBy };
  const events = [content].flat();
  const delivered = await inParallel(
    events,
    EVENTS_AT_ONCE,
    async (event: unknown): Promise<Delivered> => ({
      event,
      outcome: clock.now() < answerBy ? await handleOrPark(event, handling) : notBegun,
    }),
  );
  return answerTo(events.length > 1 ? await keepForLater(delivered, answerBy, parts.app) : delivered);
}

const notBegun: Outcome = {
  kind: 'mustRetry',
  cause: 'not begun before Event Grid wanted its answer',
  retryAfterSeconds: 1,
};

/** 200 with what became of each event, or 503 when Event Grid has to deliver them again. */
export function answerTo(delivered: readonly Delivered[]): HttpResponseInit {
  const jsonBody = { events: delivered.map(summary) };
  const left = delivered.flatMap(({ outcome, isKept }) =>
    isAcknowledged(outcome) || isKept ? [] : (outcome.retryAfterSeconds ?? 0),
  );
  if (left.length === 0) return { status: 200, jsonBody };
  const seconds = Math.max(...left);
  return {
    status: 503,
    jsonBody,
    ...(seconds > 0 && { headers: { 'Retry-After': `${Math.ceil(seconds)}` } }),
  };
}

const summary = ({ event, outcome, isKept }: Delivered): object => ({
  id: idOf(event),
  outcome: outcome.kind,
  why: reasonOf(outcome),
  ...(isKept && { comesAgain: 'out of the queue deferred-work' }),
});

const idOf = (event: unknown): string | undefined =>
  typeof event === 'object' && event !== null && 'id' in event && typeof event.id === 'string'
    ? event.id
    : undefined;
