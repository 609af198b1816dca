import type { AssignmentId, JobId, OfferId, WorkerId } from '../jobRouter/ids.ts';

/** One call to the router, with the rule that asks for it. */
export type Action = AcceptOffer | CompleteAssignment | CloseAssignment | DeleteJob;

/** What should happen now. A value, never an action: the perform step is what acts. */
export type Decision = Action | Shadow | Ignore;

/** Take the offer in its worker's name. */
export interface AcceptOffer {
  readonly kind: 'AcceptOffer';
  readonly rule: string;
  readonly offerId: OfferId;
  readonly workerId: WorkerId;
  readonly jobId: JobId;
}

/** The work is done. */
export interface CompleteAssignment {
  readonly kind: 'CompleteAssignment';
  readonly rule: string;
  readonly jobId: JobId;
  readonly assignmentId: AssignmentId;
}

/** The worker is free for other work, now or at `closeAt`. */
export interface CloseAssignment {
  readonly kind: 'CloseAssignment';
  readonly rule: string;
  readonly jobId: JobId;
  readonly assignmentId: AssignmentId;
  readonly dispositionCode?: string;
  readonly note?: string;
  /** Absent: at once. */
  readonly closeAt?: Date;
}

/** The job has ended and is not to be kept. */
export interface DeleteJob {
  readonly kind: 'DeleteJob';
  readonly rule: string;
  readonly jobId: JobId;
}

/** The rule is on trial: say what would have been done, and do nothing. */
export interface Shadow {
  readonly kind: 'Shadow';
  readonly rule: string;
  readonly would: Action;
}

/** Nothing, and why. */
export interface Ignore {
  readonly kind: 'Ignore';
  /** Absent where no rule was reached or none matched. */
  readonly rule?: string;
  readonly reason: string;
}
