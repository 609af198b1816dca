/**
 * What the log tells about one event: one line, one JSON object, always the same members, so that a person
 * can read it and a query can count it. Ids and reasons only: label values may say something about people.
 */
import type { Action, Decision } from '../automation/decision.ts';
import { shortType, typeOf } from '../events/eventType.ts';
import type { ParsedEvent } from '../events/parseRouterEvent.ts';
import { type Outcome, reasonOf } from '../outcome.ts';
import type { Handled } from './handled.ts';
import type { EventFunction } from './reactions.ts';

/** The members of a line. */
export interface LogLine {
  /** `RouterWorkerOfferIssued`; the type as it came where it is another service's. */
  readonly routerEvent: string;
  readonly eventId?: string | undefined;
  readonly function: EventFunction;
  readonly jobId?: string | undefined;
  readonly workerId?: string | undefined;
  /** The rule that applied, where one did. */
  readonly rule?: string | undefined;
  /** Absent where nothing could be decided. */
  readonly decision?: Decision['kind'] | undefined;
  readonly outcome: Outcome['kind'];
  /** A sentence: what was done or tried. */
  readonly did: string;
  /** A sentence: the rule that asked for it, or the reason it came to nothing. */
  readonly why: string;
  /** From the event's own time to the start of handling; absent when the event told no time. */
  readonly lagMilliseconds?: number | undefined;
}

/** The line about an event that was handed to `functionName` at `startedAt`. */
export function logLine(
  parsed: ParsedEvent,
  handled: Handled,
  functionName: EventFunction,
  startedAt: Date,
): LogLine {
  const event = parsed.kind === 'router' ? parsed.event : undefined;
  const data = event?.data;
  const decision = handled.kind === 'undecided' ? undefined : handled.decision;
  return {
    routerEvent: nameOf(parsed),
    eventId: parsed.kind === 'router' ? parsed.event.eventId : parsed.id,
    function: functionName,
    jobId: data?.jobId,
    workerId: data !== undefined && 'workerId' in data ? data.workerId : undefined,
    rule: decision?.rule,
    decision: decision?.kind,
    outcome: handled.outcome.kind,
    did: whatWasDone(handled),
    why: whatFor(handled),
    lagMilliseconds: event?.eventTime && startedAt.getTime() - event.eventTime.getTime(),
  };
}

function nameOf(parsed: ParsedEvent): string {
  if (parsed.kind === 'router') return shortType(typeOf(parsed.event.kind));
  return parsed.type === undefined ? 'unreadable' : shortType(parsed.type);
}

function whatFor(handled: Handled): string {
  if (handled.kind !== 'acted') return reasonOf(handled.outcome);
  return reasonOf(handled.outcome) ?? `rule "${handled.decision.rule}"`;
}

function whatWasDone(handled: Handled): string {
  const action = actionOf(handled);
  switch (handled.outcome.kind) {
    case 'done':
    case 'alreadyDone':
    case 'lostRace':
    case 'ignored':
      if (action === undefined) return 'nothing';
      return handled.outcome.kind === 'done' ? done(action) : `nothing; would have ${done(action)}`;
    case 'parked':
      return 'parked the event';
    case 'mustRetry':
      return 'left the event to be delivered again';
  }
}

/** What was decided on, be it in shadow. */
function actionOf(handled: Handled): Action | undefined {
  if (handled.kind === 'undecided') return undefined;
  if (handled.kind === 'acted') return handled.decision;
  return handled.decision.kind === 'Shadow' ? handled.decision.would : undefined;
}

function done(action: Action): string {
  switch (action.kind) {
    case 'AcceptOffer':
      return `accepted offer ${action.offerId} of ${action.jobId} for ${action.workerId}`;
    case 'CompleteAssignment':
      return `completed assignment ${action.assignmentId} of ${action.jobId}`;
    case 'CloseAssignment': {
      const as = action.dispositionCode === undefined ? '' : ` as "${action.dispositionCode}"`;
      const at = action.closeAt === undefined ? '' : `, to take effect at ${action.closeAt.toISOString()}`;
      return `closed assignment ${action.assignmentId} of ${action.jobId}${as}${at}`;
    }
    case 'DeleteJob':
      return `deleted ${action.jobId}`;
  }
}
