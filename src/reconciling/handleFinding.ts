import type { Automation } from '../automation/rules.ts';
import { typeOf } from '../events/eventType.ts';
import type { ParsedEvent } from '../events/parseRouterEvent.ts';
import type { RouterEvent } from '../events/routerEvent.ts';
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
  parts: FindingParts,
): Promise<boolean> {
  const { app, automation, patience, run } = parts;
  if (run.isOver()) return false;
  if (!patience.isDue(event.eventId, routerNow)) {
    run.count('left');
    return false;
  }
  let waitsFor: string | undefined;
  const outcome = await handleParsedEvent(announcementOf(event), {
    functionName: 'reconcileJobs',
    // Whatever the router lists is of the one resource that the app is about.
    app: { ...app, router: run.router, allowedTopics: undefined },
    judgedAt: routerNow,
    holdBack(decision) {
      waitsFor = underWay(decision, event, automation, routerNow);
      return waitsFor;
    },
    log(line) {
      keepCount(line, parts);
      if (isTried(line, waitsFor)) patience.tried(event.eventId, routerNow);
    },
  });
  return outcome.kind === 'done';
}

/** The event, as if Event Grid had brought it. */
const announcementOf = (event: RouterEvent): ParsedEvent => ({
  kind: 'router',
  head: { id: event.eventId, type: typeOf(event.kind), time: event.eventTime },
  event,
});

const isEffect = ({ outcome }: LogLine): boolean => outcome !== 'ignored';

function keepCount(line: LogLine, { run, log }: FindingParts): void {
  if (isEffect(line)) {
    run.count('acted');
    log(line);
  } else run.count(line.decision === 'Report' ? 'stuck' : 'left');
}

/**
 * Whether to be patient with it from now on. A rule that leaves it to people does so tomorrow, too; choosing the rule may
 * have cost a request. What waits for something under way is looked at again.
 */
const isTried = (line: LogLine, waitsFor: string | undefined): boolean =>
  isEffect(line) || (line.decision === 'Ignore' && waitsFor === undefined);
