/**
 * Takes up what was put off. The rule is read anew, as it may have changed meanwhile, and the router is asked anew, as
 * the same message may come twice.
 */
import type { CompleteAssignment, DoWork, Report } from '../automation/decision.ts';
import type { AutomationRule } from '../automation/rules.ts';
import { shortType, typeOf } from '../events/eventType.ts';
import { parseRouterEvent } from '../events/parseRouterEvent.ts';
import { type Handling, handleRouterEvent } from '../handleRouterEvent.ts';
import { endOfAnswerWindow } from '../handling/answerWindow.ts';
import { askRouter } from '../handling/askRouter.ts';
import { workNow } from '../handling/doWork.ts';
import type { Handled } from '../handling/handled.ts';
import { type LogLine, whatBecameOf } from '../handling/logLine.ts';
import { rulesInForce } from '../handling/rulesInForce.ts';
import type { Outcome } from '../outcome.ts';
import type { Deferral } from './deferral.ts';

/** A deferral that is about an assignment. */
type AboutAssignment = Exclude<Deferral, { kind: 'event' }>;

/** Takes up one deferral, once. Never throws for what it holds or what the router, an endpoint or the network does. */
export async function resumeDeferral(deferral: Deferral, handling: Handling): Promise<Outcome> {
  if (deferral.kind === 'event') {
    return handleRouterEvent(deferral.event, { ...handling, attempt: deferral.attempt });
  }
  const handled = await endAssignment(deferral, handling.app);
  handling.log(lineAbout(deferral, handled, handling));
  return handled.outcome;
}

async function endAssignment(deferral: AboutAssignment, app: Handling['app']): Promise<Handled> {
  const rules = await rulesInForce(app);
  if (rules.kind === 'unknown') return { kind: 'undecided', outcome: rules.outcome };
  const rule = rules.automation.rules.find(({ name }) => name === deferral.rule);
  const decision = decide(deferral, rule);
  switch (decision.kind) {
    case 'Report':
      return { kind: 'heldBack', decision, outcome: { kind: 'ignored', reason: decision.reason } };
    case 'CompleteAssignment': {
      const router = app.router.until(endOfAnswerWindow(app.clock.now()));
      return { kind: 'acted', decision, outcome: await askRouter(decision, router) };
    }
    case 'DoWork':
      return { kind: 'acted', decision, outcome: await haveItDone(decision, deferral, app) };
  }
}

function haveItDone(
  action: DoWork,
  deferral: AboutAssignment,
  { router, work, clock }: Handling['app'],
): Promise<Outcome> {
  // Nobody waits for this answer, so the endpoint has all its time, and the router after it as much as an event has.
  const answerBy = endOfAnswerWindow(new Date(clock.now().getTime() + action.work.timeoutSeconds * 1000));
  const insists = deferral.kind === 'work' && deferral.insists === true;
  return workNow(action, { router: router.until(answerBy), work, clock, answerBy, insists });
}

function decide(
  deferral: AboutAssignment,
  rule: AutomationRule | undefined,
): CompleteAssignment | DoWork | Report {
  const { jobId, assignmentId } = deferral;
  const otherwise = whyOtherwise(deferral, rule);
  if (otherwise !== undefined) {
    const reason = `rule "${deferral.rule}" ${otherwise}; assignment ${assignmentId} of ${jobId} is left to a person`;
    return { kind: 'Report', rule: deferral.rule, reason };
  }
  const about = { rule: deferral.rule, jobId, assignmentId };
  return deferral.kind === 'work' && rule?.work !== undefined
    ? { kind: 'DoWork', ...about, workerId: deferral.workerId, work: rule.work }
    : { kind: 'CompleteAssignment', ...about };
}

/** Why the rule no longer wants what was put off in its name, if so. */
function whyOtherwise({ kind }: AboutAssignment, rule: AutomationRule | undefined): string | undefined {
  if (rule === undefined) return 'is gone';
  if (!rule.enabled) return 'is switched off';
  if (rule.accept === 'shadow') return 'is in shadow';
  if (rule.complete === 'byHand') return 'leaves completing to people';
  if (kind === 'completion' && rule.work !== undefined) return 'asks for work now';
  if (kind === 'work' && rule.work === undefined) return 'names no work any more';
  return undefined;
}

/** Both kinds came of the same event. */
const offerAccepted = shortType(typeOf('WorkerOfferAccepted'));

/** What a line tells about any deferral, whatever becomes of it. */
export function subjectOf(
  deferral: Deferral,
): Pick<LogLine, 'routerEvent' | 'eventId' | 'attempt' | 'jobId' | 'workerId' | 'rule'> {
  const { attempt } = deferral;
  if (deferral.kind === 'event') {
    const { head } = parseRouterEvent(deferral.event);
    return {
      routerEvent: head === undefined ? 'unreadable' : shortType(head.type),
      eventId: head?.id,
      attempt,
    };
  }
  const { jobId, rule } = deferral;
  const workerId = deferral.kind === 'work' ? deferral.workerId : undefined;
  return { routerEvent: offerAccepted, attempt, jobId, workerId, rule };
}

function lineAbout(deferral: AboutAssignment, handled: Handled, { functionName }: Handling): LogLine {
  const line = { ...subjectOf(deferral), function: functionName, ...whatBecameOf(handled) };
  return handled.outcome.kind === 'mustRetry' ? { ...line, did: 'put it off again' } : line;
}
