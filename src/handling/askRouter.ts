/** The actions that are one call to the router. */
import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { type Outcome, outcomeOf, type RouterAction } from '../outcome.ts';

/** Asks the router for it; a refusal that does not explain itself is held against the job. */
export async function askRouter(action: RouterAction, router: JobRouter): Promise<Outcome> {
  return outcomeOf(action, await call(action, router), () => router.getJob(action.jobId));
}

function call(action: RouterAction, router: JobRouter): Promise<RouterAnswer<unknown>> {
  switch (action.kind) {
    case 'AcceptOffer':
      return router.inLane('accept').acceptOffer(action.workerId, action.offerId);
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
