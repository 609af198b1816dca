/**
 * Turns a decision into at most one action on the router, and the answer into an outcome. A refused action may
 * take a second call, which reads the job to see why.
 */
import type { Action, Decision } from '../automation/decision.ts';
import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';

export async function perform(decision: Decision, router: JobRouter): Promise<Outcome> {
  switch (decision.kind) {
    case 'Ignore':
      return { kind: 'ignored', reason: decision.reason };
    case 'Shadow':
      return { kind: 'ignored', reason: `rule "${decision.rule}" is in shadow` };
    default:
      return outcomeOf(decision, await call(decision, router), () => router.getJob(decision.jobId));
  }
}

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
