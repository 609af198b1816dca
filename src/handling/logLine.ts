/**
 * What the log tells about one event: one line, one JSON object, always the same members, so that a person
 * can read it and a query can count it. Ids and reasons only, unless asked for more: label values may say something
 * about people.
 */
import type { Action, Decision } from '../automation/decision.ts';
import { shortType } from '../events/eventType.ts';
import type { ParsedEvent } from '../events/parseRouterEvent.ts';
import type { RouterEvent } from '../events/routerEvent.ts';
import { type Outcome, reasonOf } from '../outcome.ts';
import { currentTraceId } from '../telemetry/traceContext.ts';
import type { Handled } from './handled.ts';
import type { EventFunction } from './reactions.ts';

/** Where a line's event came in. */
export interface Delivery {
  readonly functionName: EventFunction;
  readonly attempt?: number | undefined;
}

/** How a line is told. */
export interface Telling {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Whether the labels that the event brought are told too. */
  readonly withLabels: boolean;
}

/** The members of a line. */
export interface LogLine {
  /** `RouterWorkerOfferIssued`; the type as it came where it is another service's. */
  readonly routerEvent: string;
  readonly eventId?: string | undefined;
  /** As Event Grid filters by it: `worker/worker-1/job/job-1`. */
  readonly subject?: string | undefined;
  readonly function: EventFunction;
  /** Counted from 1; absent where nobody tells how often the event has come. */
  readonly attempt?: number | undefined;
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
  /** From the start of handling to its end. */
  readonly durationMilliseconds?: number | undefined;
  /** Of the trace that the event, or else the invocation, belongs to (W3C). */
  readonly traceId?: string | undefined;
  /** As the event brought them, where the setting LOG_LABELS asks for it. */
  readonly labels?: EventLabels | undefined;
}

/** Labels by whom they are of. */
export interface EventLabels {
  readonly job?: Readonly<Record<string, unknown>> | undefined;
  readonly worker?: Readonly<Record<string, unknown>> | undefined;
}

/** The line about an event. */
export function logLine(
  parsed: ParsedEvent,
  handled: Handled,
  { functionName, attempt }: Delivery,
  { startedAt, endedAt, withLabels }: Telling,
): LogLine {
  const event = parsed.kind === 'router' ? parsed.event : undefined;
  return {
    routerEvent: nameOf(parsed),
    eventId: parsed.head?.id,
    subject: parsed.head?.subject,
    function: functionName,
    attempt,
    ...idsIn(event),
    ...whatBecameOf(handled),
    lagMilliseconds: event?.eventTime && startedAt.getTime() - event.eventTime.getTime(),
    durationMilliseconds: endedAt.getTime() - startedAt.getTime(),
    traceId: currentTraceId(),
    labels: withLabels ? labelsIn(event) : undefined,
  };
}

/** The members of a line that tell how it ended. */
export function whatBecameOf(
  handled: Handled,
): Pick<LogLine, 'rule' | 'decision' | 'outcome' | 'did' | 'why'> {
  const decision = handled.kind === 'undecided' ? undefined : handled.decision;
  return {
    rule: decision?.rule,
    decision: decision?.kind,
    outcome: handled.outcome.kind,
    did: whatWasDone(handled),
    why: whatFor(handled),
  };
}

function idsIn(event: RouterEvent | undefined): Pick<LogLine, 'jobId' | 'workerId'> {
  const data = event?.data ?? {};
  return {
    jobId: 'jobId' in data ? data.jobId : undefined,
    workerId: 'workerId' in data ? data.workerId : undefined,
  };
}

/** Offers tell the labels of both; what else tells labels tells those of its subject. */
function labelsIn(event: RouterEvent | undefined): EventLabels | undefined {
  if (event === undefined) return undefined;
  const { data } = event;
  const own = 'labels' in data ? data.labels : undefined;
  const isAboutJob = 'jobId' in data;
  return {
    job: 'jobLabels' in data ? data.jobLabels : isAboutJob ? own : undefined,
    worker: 'workerLabels' in data ? data.workerLabels : isAboutJob ? undefined : own,
  };
}

function nameOf(parsed: ParsedEvent): string {
  return parsed.head === undefined ? 'unreadable' : shortType(parsed.head.type);
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
    case 'CompleteLater':
      return `put off completing assignment ${action.assignmentId} of ${action.jobId} until ${action.dueAt.toISOString()}`;
    case 'DoWork':
      return `asked for the work of assignment ${action.assignmentId} of ${action.jobId}`;
    case 'CloseAssignment': {
      const as = action.dispositionCode === undefined ? '' : ` as "${action.dispositionCode}"`;
      const at = action.closeAt === undefined ? '' : `, to take effect at ${action.closeAt.toISOString()}`;
      return `closed assignment ${action.assignmentId} of ${action.jobId}${as}${at}`;
    }
    case 'DeleteJob':
      return `deleted ${action.jobId}`;
    case 'ActivateJob':
      return `activated ${action.jobId}`;
    case 'MoveToFallback':
      return `moved ${action.jobId} to ${action.queueId}`;
    case 'RestoreWorker':
      return `brought ${action.workerId} back on duty`;
    case 'RespectSignOff':
      return `noted that ${action.workerId} signed off by itself`;
  }
}
