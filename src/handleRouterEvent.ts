/**
 * The one path that every event takes: parse, gather the traits its rule needs, decide, perform, and tell the
 * outcome. Safe to walk again, late, twice or at the same time, because nothing is remembered here: the router
 * is asked again and its answer says what an earlier walk has done.
 */
import { decide } from './automation/decide.ts';
import { traitsIn } from './automation/jobTraits.ts';
import { missingTraits } from './automation/matchRule.ts';
import type { App } from './composition.ts';
import { shortType, typeOf } from './events/eventType.ts';
import { type ParsedEvent, parseRouterEvent } from './events/parseRouterEvent.ts';
import type { RouterEvent, RouterEventKind } from './events/routerEvent.ts';
import { endOfAnswerWindow } from './handling/answerWindow.ts';
import type { Handled } from './handling/handled.ts';
import { type LogLine, logLine } from './handling/logLine.ts';
import { perform } from './handling/perform.ts';
import { type EventFunction, kindsOf, type Reaction, WEBHOOK } from './handling/reactions.ts';
import { readTraits } from './handling/readTraits.ts';
import { retryWithin } from './handling/retryWithin.ts';
import type { Outcome } from './outcome.ts';

/** What the handling of an event needs besides the event. */
export interface Handling {
  /** The function that was handed the event. */
  readonly functionName: EventFunction;
  readonly app: Pick<App, 'rules' | 'router' | 'clock'>;
  /** When the delivery must be answered, for an event that shares it with others. Absent: the event came alone. */
  readonly answerBy?: Date;
  /** Called once per event, whatever became of it. */
  readonly log: (line: LogLine) => void;
}

/** Handles one raw event. Never throws for what the event holds or what the router or the network does. */
export async function handleRouterEvent(raw: unknown, handling: Handling): Promise<Outcome> {
  const { functionName, app, log } = handling;
  const startedAt = app.clock.now();
  const answerBy = handling.answerBy ?? endOfAnswerWindow(startedAt);
  const parsed = parseRouterEvent(raw);
  const handled = await react(parsed, functionName, app, answerBy);
  log(logLine(parsed, handled, functionName, startedAt));
  return handled.outcome;
}

async function react(
  parsed: ParsedEvent,
  functionName: EventFunction,
  app: Handling['app'],
  answerBy: Date,
): Promise<Handled> {
  switch (parsed.kind) {
    case 'unreadable':
      return { kind: 'undecided', outcome: { kind: 'parked', reason: parsed.reason } };
    case 'other':
      return ignore(parsed.reason);
    case 'router': {
      const { event } = parsed;
      const isForIt = functionName === WEBHOOK || kindsOf(functionName).includes(event.kind);
      if (!isForIt) return ignore(wrongFunction(event.kind, functionName));
      const router = app.router.until(answerBy);
      return retryWithin(app.clock, answerBy, () => attempt(event, { ...app, router }));
    }
  }
}

async function attempt(event: RouterEvent, { rules, router, clock }: Handling['app']): Promise<Handled> {
  const told = traitsIn(event);
  const read = await readTraits(event, told, missingTraits(rules, told), router);
  if (read.kind === 'unknown') return { kind: 'undecided', outcome: read.outcome };
  return perform(decide(event, read.traits, rules, clock.now()), router);
}

const ignore = (reason: string): Handled => ({
  kind: 'heldBack',
  decision: { kind: 'Ignore', reason },
  outcome: { kind: 'ignored', reason },
});

function wrongFunction(kind: RouterEventKind, reaction: Reaction): string {
  const itsOwn = kindsOf(reaction).map(nameOf).join(' and ');
  return `${nameOf(kind)} is not for ${reaction}, which reacts to ${itsOwn}`;
}

const nameOf = (kind: RouterEventKind): string => shortType(typeOf(kind));
