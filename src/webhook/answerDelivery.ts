/**
 * One request of Event Grid to the webhook: one event or a batch, in either schema. Event Grid knows one answer per
 * request, so the events of a batch that cannot be ended now are kept elsewhere: one of them neither blocks its
 * neighbours nor brings them back.
 */
import type { HttpResponseInit } from '@azure/functions';
import { type Handling, handleRouterEvent } from '../handleRouterEvent.ts';
import { endOfAnswerWindow } from '../handling/answerWindow.ts';
import { WEBHOOK } from '../handling/reactions.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { type Outcome, reasonOf } from '../outcome.ts';
import { type Handled, type Settled, type SettleParts, settle } from './settle.ts';

/** Enough to use the router's time well; a batch that would run into the request quota waits for its slots anyway. */
const EVENTS_AT_ONCE = 16;

/** What answering a delivery needs besides its content. */
export interface DeliveryParts extends Omit<Handling, 'functionName' | 'answerBy' | 'app'> {
  readonly app: Handling['app'] & SettleParts;
}

/** What a request of Event Grid comes to. */
export interface AnsweredDelivery {
  readonly response: HttpResponseInit;
  /** Messages for the host's queue output, in an app that has no storage account of its own to write to. */
  readonly forHost: readonly string[];
}

/** Handles every event of a body, independently of the others but for the time they share. */
export async function answerDelivery(content: unknown, parts: DeliveryParts): Promise<AnsweredDelivery> {
  const { clock } = parts.app;
  const answerBy = endOfAnswerWindow(clock.now());
  const handling: Handling = { ...parts, functionName: WEBHOOK, answerBy };
  const handled = await inParallel(
    [content].flat(),
    EVENTS_AT_ONCE,
    async (event: unknown): Promise<Handled> => ({
      event,
      outcome: clock.now() < answerBy ? await handleRouterEvent(event, handling) : notBegun,
    }),
  );
  const settled = await settle(handled, parts.app);
  return { response: answerTo(settled), forHost: settled.flatMap(({ forHost }) => forHost ?? []) };
}

const notBegun: Outcome = {
  kind: 'mustRetry',
  cause: 'not begun before Event Grid wanted its answer',
  retryAfterSeconds: 1,
};

/** 200 with what became of each event, or 503 when Event Grid has to deliver them again. */
export function answerTo(settled: readonly Settled[]): HttpResponseInit {
  const left = settled.flatMap((one) => one.left ?? []);
  const jsonBody = { events: settled.map(summary) };
  if (left.length === 0) return { status: 200, jsonBody };
  const seconds = Math.max(...left.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds));
  return {
    status: 503,
    jsonBody,
    ...(seconds > 0 && { headers: { 'Retry-After': `${Math.ceil(seconds)}` } }),
  };
}

const summary = ({ event, outcome, left, isDeferred }: Settled): object => ({
  id: idOf(event),
  outcome: left?.kind ?? outcome.kind,
  why: left?.cause ?? reasonOf(outcome),
  ...(isDeferred && { comesAgain: 'out of the queue deferred-work' }),
});

const idOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'id' in event ? event.id : undefined;
