/** Handles parked events once more, after whatever kept them from being handled has been mended. */
import { readDeferral } from '../deferral/deferralMessage.ts';
import { type Handling, handleRouterEvent } from '../handleRouterEvent.ts';
import { RESUMPTION } from '../handling/reactions.ts';
import { inParallel } from '../jobRouter/inParallel.ts';
import { type Outcome, reasonOf } from '../outcome.ts';
import type { MessageQueue, QueueAnswer, ReceivedMessage } from '../storage/messageQueue.ts';
import { readParkedEvent } from './parkedEvent.ts';

/** Each may take the 25 s that an event has, so all 32 that can be asked for at once take 100 s at most. */
const EVENTS_AT_ONCE = 8;

/** Longer than the longest round, so that no second request is handed the same events meanwhile. */
const HIDDEN_SECONDS = 300;

/** What became of one event. */
export interface Resent {
  /** Of the message. */
  readonly id: string;
  /** `deferred`: what was put off is back in the queue `deferred-work`. `unreadable`: it is no parked event. */
  readonly outcome: Outcome['kind'] | 'deferred' | 'unreadable';
  readonly why?: string | undefined;
  /** Whether it has left the queue. What has not can be seen and resent again. */
  readonly removed: boolean;
}

/** Takes up the oldest events, at most `limit`; one that fails again stays parked. */
export async function resendParked(
  queue: MessageQueue,
  limit: number,
  handling: Omit<Handling, 'functionName'>,
): Promise<QueueAnswer<readonly Resent[]>> {
  const received = await queue.receive(limit, HIDDEN_SECONDS);
  if (received.kind === 'unavailable') return received;
  const value = await inParallel(received.value, EVENTS_AT_ONCE, async (message): Promise<Resent> => {
    const { outcome, why } = await resend(message, handling);
    const removed = isOver(outcome) && (await queue.remove(message)).kind === 'ok';
    if (!removed) await queue.release(message);
    return { id: message.id, outcome, why, removed };
  });
  return { kind: 'ok', value };
}

type End = Pick<Resent, 'outcome' | 'why'>;

async function resend({ text }: ReceivedMessage, handling: Omit<Handling, 'functionName'>): Promise<End> {
  const parked = readParkedEvent(text);
  if ('unreadable' in parked) return { outcome: 'unreadable', why: parked.unreadable };
  // An event from outside may look like a deferral of ours; where it was parked tells whether it is one.
  const deferral = parked.function === RESUMPTION ? readDeferral(parked.event) : undefined;
  if (deferral === undefined || 'unreadable' in deferral) {
    const outcome = await handleRouterEvent(parked.event, {
      ...handling,
      functionName: 'resendParkedEvents',
    });
    return { outcome: outcome.kind, why: reasonOf(outcome) };
  }
  // It may take longer than anybody waits for the answer to a request, so it goes back to where it came from.
  const insistent = deferral.kind === 'work' ? { ...deferral, insists: true } : deferral;
  const put = await handling.app.deferrals.put(insistent, handling.app.clock.now());
  return put.kind === 'kept'
    ? { outcome: 'deferred' }
    : { outcome: 'mustRetry', why: `it could not be put back into its queue: ${put.message}` };
}

const isOver = (outcome: Resent['outcome']): boolean =>
  !['mustRetry', 'parked', 'unreadable'].includes(outcome);
