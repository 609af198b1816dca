/**
 * Turns a decision into at most one action on the router, and the answer into an outcome. A refused action may
 * take a second call, which reads the job to see why.
 */
import type { Action, Decision, Ignore, Shadow } from '../automation/decision.ts';
import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { outcomeOf } from '../outcome.ts';
import type { Handled } from './handled.ts';

/** Does what was decided, and tells what became of it. */
export async function perform(decision: Decision, router: JobRouter): Promise<Handled> {
  switch (decision.kind) {
    case 'Ignore':
      return heldBack(decision, decision.reason);
    case 'Shadow':
      return heldBack(decision, `rule "${decision.rule}" is in shadow`);
    default: {
      const job = () => router.getJob(decision.jobId);
      const outcome = await outcomeOf(decision, await call(decision, router), job);
      return { kind: 'acted', decision, outcome };
    }
  }
}

const heldBack = (decision: Shadow | Ignore, reason: string): Handled => ({
  kind: 'heldBack',
  decision,
  outcome: { kind: 'ignored', reason },
});

function call(action: Action, router: JobRouter): Promise<RouterAnswer<unknown>> {
  switch (action.kind) {
    case 'AcceptOffer':
      return router.acceptOffer(action.workerId, action.offerId);
    case 'CompleteAssignment':
      return router.completeAssignment(action.jobId, action.assignmentId, {});
    case 'CloseAssignment': {
      const { dispositionCode, note, closeAt } = action;
      return router.closeAssignment(action.jobId, action.assignmentId, {
        ...(dispositionCode !== undefined && { dispositionCode }),
        ...(note !== undefined && { note }),
        ...(closeAt !== undefined && { closeAt }),
      });
    }
    case 'DeleteJob':
      return router.deleteJob(action.jobId);
  }
}
