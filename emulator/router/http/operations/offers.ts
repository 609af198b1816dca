import type { OfferId, WorkerId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { accepted } from '../errors.ts';
import { type Call, done, type Operation, ok } from '../operation.ts';
import { declineOptions } from '../schemas.ts';

interface OfferOperations {
  readonly accept: Operation;
  readonly decline: Operation;
}

const idsIn = (call: Call) => ({
  workerId: call.id<WorkerId>('workerId'),
  offerId: call.id<OfferId>('offerId'),
});

export const offerOperations = (router: Router): OfferOperations => ({
  accept(call) {
    const { assignmentId, jobId, workerId } = accepted(
      router.handle({ type: 'AcceptOffer', ...idsIn(call) }),
    );
    return ok({ assignmentId, jobId, workerId });
  },

  decline(call) {
    const options = call.options(declineOptions);
    accepted(router.handle({ type: 'DeclineOffer', ...idsIn(call), ...options }));
    return done;
  },
});
