import type { Automation } from '../automation/rules.ts';
import { typeOf } from '../events/eventType.ts';
import { type Handling, handleParsedEvent } from '../handleRouterEvent.ts';
import type { LogLine } from '../handling/logLine.ts';
import type { Finding } from './findings.ts';
import { type Patience, underWay } from './patience.ts';
import type { Run } from './run.ts';

/** What handling a finding takes. */
export interface FindingParts {
  readonly app: Handling['app'];
  readonly automation: Automation;
  readonly patience: Patience;
  readonly run: Run;
  /** Called for an effect. What is left alone gets no line: it would get one in every run. */
  readonly log: (line: LogLine) => void;
}

/**
 * Hands a finding down the path of every event, and keeps count of what became of it.
 *
 * @returns true when the router did something about it.
 */
export async function handleFinding(
  { event }: Finding,
  routerNow: Date,
  { app, automation, patience, run, log }: FindingParts,
): Promise<boolean> {
  if (run.isOver()) return false;
  if (!patience.isDue(event.eventId, routerNow)) {
    run.count('left');
    return false;
  }
  let isUnderWay = false;
  const outcome = await handleParsedEvent(
    { kind: 'router', head: { id: event.eventId, type: typeOf(event.kind), time: event.eventTime }, event },
    {
      functionName: 'reconcileJobs',
      // Whatever the router lists is of the one resource that the app is about.
      app: { ...app, router: run.router, allowedTopics: undefined },
      judgedAt: routerNow,
      holdBack(decision) {
        const why = underWay(decision, event, automation, routerNow);
        isUnderWay = why !== undefined;
        return why;
      },
      log: tell,
    },
  );
  return outcome.kind === 'done';

  function tell(line: LogLine): void {
    const isAction = line.outcome !== 'ignored';
    run.count(isAction ? 'acted' : line.decision === 'Report' ? 'stuck' : 'left');
    // A rule that leaves it to people does so tomorrow, too; choosing the rule may have cost a request.
    const isLeftByRule = line.decision === 'Ignore' && !isUnderWay;
    if (isAction || isLeftByRule) patience.tried(event.eventId, routerNow);
    if (isAction) log(line);
  }
}
