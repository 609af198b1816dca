/**
 * Turns a decision into at most one effect, and what came of it into an outcome. A refused action may take a second
 * call, which reads the job to see why.
 */
import type { Action, Decision, Ignore, Report, Shadow } from '../automation/decision.ts';
import type { Clock } from '../clock.ts';
import type { Deferrals } from '../deferral/deferral.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Outcome } from '../outcome.ts';
import type { WorkCaller } from '../work/workCaller.ts';
import { askRouter } from './askRouter.ts';
import { completeLater } from './completeLater.ts';
import { doWork } from './doWork.ts';
import type { Handled } from './handled.ts';
import { rescueJob } from './rescueJob.ts';
import { respectSignOff, restoreWorker } from './restoreWorker.ts';

/** What effects are made of. */
export interface Means {
  /** Its calls are over when the event has to be answered. */
  readonly router: JobRouter;
  readonly deferrals: Deferrals;
  readonly work: WorkCaller;
  readonly clock: Clock;
  /** When the event has to be answered. */
  readonly answerBy: Date;
  /** A person asks for it: what was left to people is taken up again. */
  readonly insists?: boolean;
}

/** Does what was decided, and tells what became of it. */
export async function perform(decision: Decision, means: Means): Promise<Handled> {
  switch (decision.kind) {
    case 'Ignore':
    case 'Report':
      return heldBack(decision, decision.reason);
    case 'Shadow':
      return heldBack(decision, `rule "${decision.rule}" is in shadow`);
    default:
      return { kind: 'acted', decision, outcome: await act(decision, means) };
  }
}

const heldBack = (decision: Shadow | Report | Ignore, reason: string): Handled => ({
  kind: 'heldBack',
  decision,
  outcome: { kind: 'ignored', reason },
});

function act(action: Action, means: Means): Promise<Outcome> {
  switch (action.kind) {
    case 'CompleteLater':
      return completeLater(action, means);
    case 'DoWork':
      return doWork(action, means);
    case 'ActivateJob':
    case 'MoveToFallback':
      return rescueJob(action, means);
    case 'RestoreWorker':
      return restoreWorker(action, means);
    case 'RespectSignOff':
      return respectSignOff(action, means);
    default:
      return askRouter(action, means.router);
  }
}
