/**
 * The one path that every event takes: parse, gather the traits its rule needs, decide, perform, and tell the
 * outcome. Safe to walk again, late, twice or at the same time, because nothing is remembered here: the router
 * is asked again and its answer says what an earlier walk has done.
 */
import { decide, missingTraits } from './automation/decide.ts';
import type { Decision, Ignore, Report } from './automation/decision.ts';
import { traitsIn } from './automation/jobTraits.ts';
import type { App } from './composition.ts';
import { isAllowedTopic } from './events/allowedTopics.ts';
import { shortType, typeOf } from './events/eventType.ts';
import { type ParsedEvent, parseRouterEvent } from './events/parseRouterEvent.ts';
import type { RouterEvent, RouterEventKind } from './events/routerEvent.ts';
import { endOfAnswerWindow } from './handling/answerWindow.ts';
import type { Handled } from './handling/handled.ts';
import { type LogLine, logLine } from './handling/logLine.ts';
import { perform } from './handling/perform.ts';
import { type EventFunction, isReaction, kindsOf, type Reaction } from './handling/reactions.ts';
import { readTraits } from './handling/readTraits.ts';
import { rulesInForce } from './handling/rulesInForce.ts';
import type { Outcome } from './outcome.ts';
import { inTrace } from './telemetry/traceContext.ts';

/** What the handling of an event needs besides the event. */
export interface Handling {
  /** The function that was handed the event. */
  readonly functionName: EventFunction;
  readonly app: Pick<
    App,
    'automation' | 'allowedTopics' | 'router' | 'deferrals' | 'work' | 'logsLabels' | 'clock'
  >;
  /** When the delivery must be answered, for an event that shares it with others. Absent: the event came alone. */
  readonly answerBy?: Date;
  /** Which attempt this is to deliver the event, counted from 1, where that is known. */
  readonly attempt?: number | undefined;
  /** The time to decide by, where the router's own is known. Absent: the app's. */
  readonly judgedAt?: Date;
  /** Why a decision is not to be carried out, where whoever asks knows of a reason. */
  readonly holdBack?: (decision: Decision) => string | undefined;
  /** Called once per event, whatever became of it. */
  readonly log: (line: LogLine) => void;
}

/** Handles one raw event. Never throws for what the event holds or what the router or the network does. */
export const handleRouterEvent = (raw: unknown, handling: Handling): Promise<Outcome> =>
  handleParsedEvent(parseRouterEvent(raw), handling);

/** The same for an event that has been read, or that stands for something the router was found to hold. */
export const handleParsedEvent = (parsed: ParsedEvent, handling: Handling): Promise<Outcome> =>
  inTrace(parsed.head?.traceparent, () => handleAndTell(parsed, handling));

async function handleAndTell(parsed: ParsedEvent, handling: Handling): Promise<Outcome> {
  const { app, log } = handling;
  const startedAt = app.clock.now();
  const handled = await react(parsed, handling, handling.answerBy ?? endOfAnswerWindow(startedAt));
  const telling = { startedAt, endedAt: app.clock.now(), withLabels: app.logsLabels };
  log(logLine(parsed, handled, handling, telling));
  return handled.outcome;
}

async function react(parsed: ParsedEvent, handling: Handling, answerBy: Date): Promise<Handled> {
  const { functionName, app } = handling;
  if (parsed.kind === 'unreadable') {
    return { kind: 'undecided', outcome: { kind: 'parked', reason: parsed.reason } };
  }
  const stranger = strangerIn(parsed, app.allowedTopics);
  if (stranger !== undefined) return heldBack({ kind: 'Report', reason: stranger });
  if (parsed.kind === 'other') return heldBack({ kind: 'Ignore', reason: parsed.reason });
  const { kind } = parsed.event;
  if (isReaction(functionName) && !kindsOf(functionName).includes(kind)) {
    return heldBack({ kind: 'Ignore', reason: wrongFunction(kind, functionName) });
  }
  return decideAndPerform(parsed.event, handling, answerBy);
}

async function decideAndPerform(
  event: RouterEvent,
  { functionName, app, judgedAt, holdBack }: Handling,
  answerBy: Date,
): Promise<Handled> {
  const { deferrals, work, clock } = app;
  const rules = await rulesInForce(app);
  if (rules.kind === 'unknown') return { kind: 'undecided', outcome: rules.outcome };
  const { automation } = rules;
  const router = app.router.until(answerBy);
  const told = traitsIn(event, judgedAt ?? clock.now());
  const read = await readTraits(event, told, missingTraits(event, told, automation), router);
  if (read.kind === 'unknown') return { kind: 'undecided', outcome: read.outcome };
  const decision = decide(event, read.traits, automation, judgedAt ?? clock.now());
  const reason = holdBack?.(decision);
  if (reason !== undefined) return heldBack({ kind: 'Ignore', reason });
  const insists = functionName === 'resendParkedEvents';
  return perform(decision, { router, deferrals, work, clock, answerBy, insists });
}

const heldBack = (decision: Report | Ignore): Handled => ({
  kind: 'heldBack',
  decision,
  outcome: { kind: 'ignored', reason: decision.reason },
});

/** Why the event is none of ours to handle, whatever it says. */
function strangerIn(
  { head: { topic } }: Exclude<ParsedEvent, { kind: 'unreadable' }>,
  allowedTopics: readonly string[] | undefined,
): string | undefined {
  if (isAllowedTopic(topic ?? '', allowedTopics)) return undefined;
  return `${topic === undefined ? 'its resource is not told' : `${topic} is not allowed`} (setting ALLOWED_TOPICS)`;
}

function wrongFunction(kind: RouterEventKind, reaction: Reaction): string {
  const itsOwn = kindsOf(reaction).map(nameOf).join(' and ');
  return `${nameOf(kind)} is not for ${reaction}, which reacts to ${itsOwn}`;
}

const nameOf = (kind: RouterEventKind): string => shortType(typeOf(kind));
