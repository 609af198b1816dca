import type { AssignmentId, JobId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { accepted } from '../errors.ts';
import { type Call, done, type Operation, ok } from '../operation.ts';
import { closeOptions, completeOptions, unassignOptions } from '../schemas.ts';

interface AssignmentOperations {
  readonly complete: Operation;
  readonly close: Operation;
  readonly unassign: Operation;
}

const idsIn = (call: Call) => ({
  jobId: call.id<JobId>('jobId'),
  assignmentId: call.id<AssignmentId>('assignmentId'),
});

export const assignmentOperations = (router: Router): AssignmentOperations => ({
  complete(call) {
    const options = call.options(completeOptions);
    accepted(router.handle({ type: 'CompleteAssignment', ...idsIn(call), ...options }));
    return done;
  },

  close(call) {
    const options = call.options(closeOptions);
    accepted(router.handle({ type: 'CloseAssignment', ...idsIn(call), ...options }));
    return done;
  },

  unassign(call) {
    const options = call.options(unassignOptions);
    const { jobId, unassignmentCount } = accepted(
      router.handle({ type: 'UnassignJob', ...idsIn(call), ...options }),
    );
    return ok({ jobId, unassignmentCount });
  },
});
