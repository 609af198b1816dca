/**
 * Finds what events never told and has it handled as they would have been. One run looks through the router's lists,
 * acts on what is ripe, and follows each job that it moved until nothing is left to do about it, so that whatever is
 * lost on the way does not wait for the next run.
 */
import type { Automation } from '../automation/rules.ts';
import type { Handling } from '../handleRouterEvent.ts';
import type { LogLine } from '../handling/logLine.ts';
import { rulesInForce } from '../handling/rulesInForce.ts';
import type { Finding } from './findings.ts';
import { type FindingParts, handleFinding } from './handleFinding.ts';
import { type Found, lookThrough } from './lookThrough.ts';
import { createPatience, type Patience } from './patience.ts';
import { type RunSummary, startRun } from './run.ts';
import { jobSearches, offerSearches, type Search, workerSearches } from './searches.ts';

/** What a run needs. */
export interface Reconciling {
  readonly app: Handling['app'];
  /** Called once for each effect. */
  readonly log: (line: LogLine) => void;
}

/** Runs, one at a time. */
export interface Reconciler {
  /** Undefined where a run is under way already. Never throws for what the router or the network does. */
  run(reconciling: Reconciling): Promise<RunSummary | undefined>;
}

/** A job goes from an offer to its deletion in four; the rest is for what the router does meanwhile. */
const MOST_PASSES = 8;

/** Between two passes, so that the events of what was done can do the rest. */
const PASS_PAUSE_MILLISECONDS = 1_000;

/** How long a worker must be off duty: its own event may be about to say that it signed off by itself. */
const SECOND_LOOK_MILLISECONDS = 5_000;

export function createReconciler(): Reconciler {
  const patienceUnder = patienceByRules();
  let isRunning = false;
  return {
    async run(reconciling) {
      if (isRunning) return undefined;
      isRunning = true;
      try {
        return await reconcile(reconciling, patienceUnder);
      } finally {
        isRunning = false;
      }
    },
  };
}

/** What was tried under other rules says nothing about these. */
function patienceByRules(): (automation: Automation) => Patience {
  let known: { readonly automation: Automation; readonly patience: Patience } | undefined;
  return (automation) => {
    if (known?.automation !== automation) known = { automation, patience: createPatience() };
    return known.patience;
  };
}

async function reconcile(
  { app, log }: Reconciling,
  patienceUnder: (automation: Automation) => Patience,
): Promise<RunSummary> {
  const run = startRun(app.router, app.clock);
  const rules = await rulesInForce(app);
  if (rules.kind === 'unknown') {
    run.stop(rules.outcome.cause);
    return run.summary();
  }
  const { automation } = rules;
  const patience = patienceUnder(automation);
  const parts: FindingParts = { app, automation, patience, run, log };
  const found = await Promise.all([endJobs(parts), bringWorkersBack(parts)]);
  if (!run.isOver()) patience.forget(new Set(found.flatMap((ids) => [...ids])));
  return run.summary();
}

/** @returns the ids of all that was found. */
async function endJobs(parts: FindingParts): Promise<ReadonlySet<string>> {
  const { automation, run } = parts;
  const found = new Set<string>();
  const followed = new Set<string>();
  for (let pass = 1; pass <= MOST_PASSES && !run.isOver(); pass += 1) {
    const moved = new Set<string>();
    const searches = [...(pass === 1 ? offerSearches(automation) : []), ...jobSearches(automation)];
    for await (const { findings, routerNow } of lists(searches, parts)) {
      for (const { event } of findings) found.add(event.eventId);
      const ripe = findings.filter((finding) => isRipe(finding, routerNow) || isAbout(followed, finding));
      run.count('left', findings.length - ripe.length);
      for (const jobId of await movedBy(ripe, routerNow, parts)) moved.add(jobId);
    }
    if (moved.size === 0) break;
    for (const jobId of moved) followed.add(jobId);
    await run.wait(PASS_PAUSE_MILLISECONDS);
  }
  return found;
}

/** @returns the ids of all that was found. */
async function bringWorkersBack(parts: FindingParts): Promise<ReadonlySet<string>> {
  const { automation, run } = parts;
  const searches = workerSearches(automation);
  const found = new Set<string>();
  for await (const { findings } of lists(searches, parts)) {
    for (const { event } of findings) found.add(event.eventId);
  }
  if (found.size === 0) return found;
  await run.wait(SECOND_LOOK_MILLISECONDS);
  for await (const { findings, routerNow } of lists(searches, parts)) {
    const stillOff = findings.filter(({ event }) => found.has(event.eventId));
    for (const finding of stillOff) await handleFinding(finding, routerNow, parts);
  }
  return found;
}

async function* lists(
  searches: readonly Search[],
  { app, run }: Pick<FindingParts, 'app' | 'run'>,
): AsyncGenerator<Found> {
  for (const search of searches) yield* lookThrough(search, run, app.clock.now);
}

/**
 * The jobs that the router did something about. One finding after the other: several at once would share so small a part
 * of the quota that none of them might get all its calls in time.
 */
async function movedBy(
  findings: readonly Finding[],
  routerNow: Date,
  parts: FindingParts,
): Promise<readonly string[]> {
  const moved: string[] = [];
  for (const finding of findings) {
    const isDone = await handleFinding(finding, routerNow, parts);
    const jobId = jobOf(finding);
    if (isDone && jobId !== undefined) moved.push(jobId);
  }
  return moved;
}

const isRipe = ({ ripeAt }: Finding, routerNow: Date): boolean => ripeAt === undefined || ripeAt <= routerNow;

const isAbout = (jobIds: ReadonlySet<string>, finding: Finding): boolean => jobIds.has(jobOf(finding) ?? '');

const jobOf = ({ event: { data } }: Finding): string | undefined =>
  'jobId' in data ? data.jobId : undefined;
