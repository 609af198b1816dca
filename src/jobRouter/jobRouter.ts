import type { RouterAnswer } from './answer.ts';
import type { AssignmentId, DistributionPolicyId, JobId, OfferId, QueueId, WorkerId } from './ids.ts';
import type {
  DistributionPolicy,
  DistributionPolicyInput,
  Job,
  JobInput,
  Queue,
  QueueInput,
  Worker,
  WorkerInput,
} from './wire.ts';

/** What `acceptOffer` gives back. */
export interface AcceptedOffer {
  readonly assignmentId: AssignmentId;
  readonly jobId: JobId;
  readonly workerId: WorkerId;
}

/** What may be said when an assignment is completed. */
export interface CompleteOptions {
  readonly note?: string;
}

/** What may be said when it is closed. */
export interface CloseOptions {
  readonly dispositionCode?: string;
  /** The service itself closes then and holds the worker's capacity until then. */
  readonly closeAt?: Date;
  readonly note?: string;
}

/** True when the id did not exist before, with the resource as it is now. */
export interface Written<Resource> {
  readonly created: boolean;
  readonly resource: Resource;
}

/** A merge patch that removes nothing: what is absent keeps its value, or gets its default on creation. */
export type Patch<Input> = Partial<Input>;

/** Job Router as the app sees it. No method throws for anything the service or the network does. */
export interface JobRouter {
  /** The same router for work that must be over at `end`: no call lasts longer, and none is made after it. */
  until(end: Date): JobRouter;

  acceptOffer(workerId: WorkerId, offerId: OfferId): Promise<RouterAnswer<AcceptedOffer>>;
  completeAssignment(
    jobId: JobId,
    assignmentId: AssignmentId,
    options: CompleteOptions,
  ): Promise<RouterAnswer<void>>;
  closeAssignment(
    jobId: JobId,
    assignmentId: AssignmentId,
    options: CloseOptions,
  ): Promise<RouterAnswer<void>>;
  deleteJob(jobId: JobId): Promise<RouterAnswer<void>>;

  getJob(jobId: JobId): Promise<RouterAnswer<Job>>;
  getWorker(workerId: WorkerId): Promise<RouterAnswer<Worker>>;
  getQueue(queueId: QueueId): Promise<RouterAnswer<Queue>>;
  getDistributionPolicy(id: DistributionPolicyId): Promise<RouterAnswer<DistributionPolicy>>;

  upsertDistributionPolicy(
    id: DistributionPolicyId,
    policy: Patch<DistributionPolicyInput>,
  ): Promise<RouterAnswer<Written<DistributionPolicy>>>;
  upsertQueue(id: QueueId, queue: Patch<QueueInput>): Promise<RouterAnswer<Written<Queue>>>;
  upsertWorker(id: WorkerId, worker: Patch<WorkerInput>): Promise<RouterAnswer<Written<Worker>>>;
  upsertJob(id: JobId, job: Patch<JobInput>): Promise<RouterAnswer<Written<Job>>>;

  /** The cheapest question there is: whether the router can be reached with our credentials. */
  ping(): Promise<RouterAnswer<void>>;
}
