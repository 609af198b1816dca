/** What becomes of a message of the queue `deferred-work`: it ends, is put off again, or is parked. */
import type { App } from '../composition.ts';
import type { Handling } from '../handleRouterEvent.ts';
import type { LogLine } from '../handling/logLine.ts';
import { RESUMPTION } from '../handling/reactions.ts';
import { type Outcome, reasonOf } from '../outcome.ts';
import { parkedEvent } from '../parking/parkedEvent.ts';
import type { Deferral } from './deferral.ts';
import { readDeferral } from './deferralMessage.ts';
import { pauseAfter } from './pauseAfter.ts';
import { resumeDeferral, subjectOf } from './resumeDeferral.ts';

/** What settling takes. */
export interface SettleParts {
  readonly app: Handling['app'] & Pick<App, 'park'>;
  readonly log: (line: LogLine) => void;
  /** Takes a message that only the host's queue output can store. */
  readonly leaveToHost: (text: string) => void;
}

/** Thrown when the message could be kept nowhere else: it stays in its queue, and the host hands it over again. */
export class DeferralNotSettledError extends Error {
  override readonly name = 'DeferralNotSettledError';
}

/**
 * Takes up a message, and returns once it may leave the queue.
 *
 * @throws DeferralNotSettledError when it may not.
 */
export async function settleDeferral(raw: unknown, parts: SettleParts): Promise<void> {
  const deferral = readDeferral(raw);
  if ('unreadable' in deferral) {
    const reason = `a message of ${RESUMPTION} cannot be read: ${deferral.unreadable}`;
    return giveUp(reason, { routerEvent: 'unreadable' }, raw, parts);
  }
  const outcome = await resumeDeferral(deferral, { ...parts, functionName: RESUMPTION });
  if (outcome.kind === 'parked') return park(outcome.reason, keptContent(deferral), parts);
  if (outcome.kind === 'mustRetry') return putOffAgain(deferral, outcome, parts);
}

async function putOffAgain(
  deferral: Deferral,
  outcome: Extract<Outcome, { kind: 'mustRetry' }>,
  parts: SettleParts,
): Promise<void> {
  const { deferrals, clock } = parts.app;
  const seconds = pauseAfter(deferral.attempt, outcome.retryAfterSeconds);
  if (seconds === undefined) {
    const reason = `given up after ${deferral.attempt} attempts: ${reasonOf(outcome)}`;
    return giveUp(reason, subjectOf(deferral), keptContent(deferral), parts);
  }
  const put = await deferrals.put(
    { ...deferral, attempt: deferral.attempt + 1 },
    new Date(clock.now().getTime() + seconds * 1000),
  );
  if (put.kind !== 'kept') {
    throw new DeferralNotSettledError(`It could not be put off again: ${put.message}`);
  }
}

/** An event is parked as the event it is; a deferral of ours as a whole, with its history begun anew. */
const keptContent = (deferral: Deferral): unknown =>
  deferral.kind === 'event' ? deferral.event : { ...deferral, attempt: 1 };

/** Parks it with a line of its own: no attempt has told, or the one that did could not know that it was the last. */
function giveUp(
  reason: string,
  subject: Pick<LogLine, 'routerEvent'>,
  content: unknown,
  parts: SettleParts,
): Promise<void> {
  parts.log({ ...subject, function: RESUMPTION, outcome: 'parked', did: 'parked it', why: reason });
  return park(reason, content, parts);
}

async function park(reason: string, content: unknown, { app, leaveToHost }: SettleParts): Promise<void> {
  const parking = await app.park(parkedEvent(reason, app.clock.now(), RESUMPTION, content));
  switch (parking.kind) {
    case 'kept':
      return;
    case 'leftToHost':
      return leaveToHost(parking.text);
    case 'unavailable':
      throw new DeferralNotSettledError(`It could not be parked: ${parking.message}`);
  }
}
