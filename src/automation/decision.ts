import type { AssignmentId, JobId, OfferId, QueueId, WorkerId } from '../jobRouter/ids.ts';
import type { AutomatedWorkers, Work } from './rules.ts';

/** One effect, with the rule that asks for it. */
export type Action =
  | AcceptOffer
  | CompleteAssignment
  | CompleteLater
  | DoWork
  | CloseAssignment
  | DeleteJob
  | ActivateJob
  | MoveToFallback
  | RestoreWorker
  | RespectSignOff;

/** What should happen now. A value, never an action: the perform step is what acts. */
export type Decision = Action | Shadow | Report | Ignore;

interface Ruled {
  readonly rule: string;
}

/** Take the offer in its worker's name. */
export interface AcceptOffer extends Ruled {
  readonly kind: 'AcceptOffer';
  readonly offerId: OfferId;
  readonly workerId: WorkerId;
  readonly jobId: JobId;
}

interface AboutAssignment extends Ruled {
  readonly jobId: JobId;
  readonly assignmentId: AssignmentId;
}

/** The work is done. */
export interface CompleteAssignment extends AboutAssignment {
  readonly kind: 'CompleteAssignment';
}

/** The work counts as done at `dueAt`: to be kept where no restart loses it. */
export interface CompleteLater extends AboutAssignment {
  readonly kind: 'CompleteLater';
  readonly dueAt: Date;
}

/** Ask for the work, and complete the assignment when it is done. */
export interface DoWork extends AboutAssignment {
  readonly kind: 'DoWork';
  readonly workerId: WorkerId;
  readonly work: Work;
}

/** The worker is free for other work, now or at `closeAt`. */
export interface CloseAssignment extends AboutAssignment {
  readonly kind: 'CloseAssignment';
  readonly dispositionCode?: string;
  readonly note?: string;
  /** Absent: at once. */
  readonly closeAt?: Date;
}

/** The job has ended and is not to be kept. */
export interface DeleteJob extends Ruled {
  readonly kind: 'DeleteJob';
  readonly jobId: JobId;
}

/** The job waits to be let into its queue. */
export interface ActivateJob extends Ruled {
  readonly kind: 'ActivateJob';
  readonly jobId: JobId;
  /** Absent: the priority it has. */
  readonly priority?: number;
}

/** The job could not be classified: it goes into this queue instead. */
export interface MoveToFallback extends Ruled {
  readonly kind: 'MoveToFallback';
  readonly jobId: JobId;
  readonly queueId: QueueId;
}

/** The worker went off duty because an offer expired at `since`: bring it back, as far as `by` allows. */
export interface RestoreWorker extends Ruled {
  readonly kind: 'RestoreWorker';
  readonly workerId: WorkerId;
  /** Absent: it was found off duty, and nobody knows since when and why. */
  readonly since?: Date;
  readonly by: AutomatedWorkers;
}

/** The worker went off duty at `since`: unless an offer expired then, it did so by itself, which is to be kept in mind. */
export interface RespectSignOff extends Ruled {
  readonly kind: 'RespectSignOff';
  readonly workerId: WorkerId;
  readonly since: Date;
}

/** The rule is on trial: say what would have been done, and do nothing. */
export interface Shadow extends Ruled {
  readonly kind: 'Shadow';
  readonly would: Action;
}

/** Nothing that the app could do, and something that a person should know. */
export interface Report {
  readonly kind: 'Report';
  /** Absent where no rule is about it. */
  readonly rule?: string;
  readonly reason: string;
}

/** Nothing, and why. */
export interface Ignore {
  readonly kind: 'Ignore';
  /** Absent where no rule was reached or none matched. */
  readonly rule?: string;
  readonly reason: string;
}
