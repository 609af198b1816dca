import type { RouterAnswer } from './answer.ts';
import type { Watch } from './attempt.ts';
import type { AssignmentId, DistributionPolicyId, JobId, OfferId, QueueId, WorkerId } from './ids.ts';
import type { DistributionPolicyInput } from './inputs/distributionPolicyInput.ts';
import type { JobInput } from './inputs/jobInput.ts';
import type { QueueInput } from './inputs/queueInput.ts';
import type { WorkerInput } from './inputs/workerInput.ts';
import type { Lane } from './lane.ts';
import type { AnyResource, ResourceKind } from './resources.ts';
import type { DistributionPolicy, Job, JobPosition, Labels, Queue, QueueStatistics, Worker } from './wire.ts';

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

/** Labels or tags to be changed: those that are not named stay, and null removes one. */
export type LabelChanges = Readonly<Record<string, Labels[string] | null>>;

/** What may be changed about a job that exists. Null removes a member; a list is replaced. */
export interface JobUpdate {
  readonly queueId?: string | null | undefined;
  readonly channelId?: string | undefined;
  readonly channelReference?: string | null | undefined;
  readonly classificationPolicyId?: string | null | undefined;
  readonly priority?: number | null | undefined;
  readonly dispositionCode?: string | null | undefined;
  readonly labels?: LabelChanges | undefined;
  readonly tags?: LabelChanges | undefined;
  readonly requestedWorkerSelectors?: JobInput['requestedWorkerSelectors'] | undefined;
  readonly notes?: JobInput['notes'] | undefined;
  readonly matchingMode?: JobInput['matchingMode'] | undefined;
}

/** What may be changed about a worker that exists. */
export interface WorkerUpdate {
  readonly availableForOffers?: boolean;
  readonly capacity?: number;
  readonly channels?: WorkerInput['channels'];
  readonly labels?: LabelChanges;
  readonly tags?: LabelChanges;
}

/** A condition on a write. */
export interface WriteCondition {
  /** Refused as `changed` unless the resource still has this ETag. */
  readonly ifMatch?: string;
}

/** Some of a list, newest first, and where the rest of it is. */
export interface Page<Resource> {
  readonly items: readonly Resource[];
  /** How many items of it could not be read. One odd resource must not hide the others. */
  readonly unread: number;
  /** Absent on the last page. Names its filters itself. */
  readonly next?: string;
}

/** How much of a list is asked for at a time. */
interface PageQuery {
  /** The service's own spelling. Absent: a hundred. */
  readonly maxpagesize?: number;
}

/** Which jobs. */
export interface JobQuery extends PageQuery {
  /** The service's own filter: `all`, `active`, or one status. */
  readonly status?: string;
  readonly queueId?: string;
  readonly channelId?: string;
  readonly classificationPolicyId?: string;
  /** Both are inclusive and leave out jobs without a schedule (recorded). ISO 8601. */
  readonly scheduledBefore?: string;
  readonly scheduledAfter?: string;
}

/** Which workers. */
export interface WorkerQuery extends PageQuery {
  readonly state?: 'active' | 'draining' | 'inactive' | 'all';
  readonly queueId?: string;
  readonly channelId?: string;
  /** True: only those with room for a job. False lets the others through as well (recorded). */
  readonly hasCapacity?: boolean;
}

/** What may be said when a job is cancelled. */
export interface CancelOptions {
  readonly note?: string;
  readonly dispositionCode?: string;
}

/** What may be said when a job is taken back. */
export interface UnassignOptions {
  /** True: the job is not matched again before somebody asks for it. */
  readonly suspendMatching?: boolean;
}

/** What can be done with the resources of a kind, whichever it is. */
export interface ResourceCalls {
  /** @param next of the page before; absent: the first page. */
  list(query: object, next?: string): Promise<RouterAnswer<Page<AnyResource>>>;
  get(id: string): Promise<RouterAnswer<AnyResource>>;
  /**
   * A merge patch: null removes a member, a list is replaced. Never creates a resource where `condition` names an ETag.
   * Creating a job is not repeated where its answer may have been lost.
   */
  upsert(id: string, patch: object, condition?: WriteCondition): Promise<RouterAnswer<Written<AnyResource>>>;
  /** Succeeds where there is nothing, too. The service knows no condition here. */
  delete(id: string): Promise<RouterAnswer<void>>;
}

/** Job Router as the app sees it. No method throws for anything the service or the network does. */
export interface JobRouter {
  /**
   * The same router for work that must be over at `end`: no call, and no repetition of one, lasts longer, and none is
   * made after it. Unless said so, each call has ten seconds. The pauses between its repetitions are as long as that allows,
   * or together no longer than `patience`, in milliseconds: for whoever has somebody waiting.
   */
  until(end: Date, patience?: number): JobRouter;
  /**
   * The same router with calls of another urgency, which `watch` is told of; `event` unless said otherwise. What has
   * been called housekeeping stays it.
   */
  inLane(lane: Lane, watch?: Watch): JobRouter;

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
  unassignJob(
    jobId: JobId,
    assignmentId: AssignmentId,
    options?: UnassignOptions,
  ): Promise<RouterAnswer<void>>;
  cancelJob(jobId: JobId, options: CancelOptions): Promise<RouterAnswer<void>>;
  /** Has the job classified again. The answer comes before that is done. */
  reclassifyJob(jobId: JobId): Promise<RouterAnswer<void>>;
  deleteJob(jobId: JobId): Promise<RouterAnswer<void>>;
  updateJob(jobId: JobId, update: JobUpdate, condition?: WriteCondition): Promise<RouterAnswer<Job>>;

  /** For whoever treats the resources of all kinds alike. */
  resources(kind: ResourceKind): ResourceCalls;

  /** @param next of the page before; absent: the first page. */
  listJobs(query: JobQuery, next?: string): Promise<RouterAnswer<Page<Job>>>;
  listWorkers(query: WorkerQuery, next?: string): Promise<RouterAnswer<Page<Worker>>>;

  getJob(jobId: JobId): Promise<RouterAnswer<Job>>;
  /** Where it stands in its queue; refused as `notFound` for a job that waits in none. */
  getJobPosition(jobId: JobId): Promise<RouterAnswer<JobPosition>>;
  getWorker(workerId: WorkerId): Promise<RouterAnswer<Worker>>;
  getQueue(queueId: QueueId): Promise<RouterAnswer<Queue>>;
  getQueueStatistics(queueId: QueueId): Promise<RouterAnswer<QueueStatistics>>;
  getDistributionPolicy(id: DistributionPolicyId): Promise<RouterAnswer<DistributionPolicy>>;

  upsertDistributionPolicy(
    id: DistributionPolicyId,
    policy: Patch<DistributionPolicyInput>,
  ): Promise<RouterAnswer<Written<DistributionPolicy>>>;
  upsertQueue(id: QueueId, queue: Patch<QueueInput>): Promise<RouterAnswer<Written<Queue>>>;
  upsertWorker(id: WorkerId, worker: Patch<WorkerInput>): Promise<RouterAnswer<Written<Worker>>>;
  /** Never creates one where `condition` names an ETag. */
  updateWorker(id: WorkerId, update: WorkerUpdate, condition?: WriteCondition): Promise<RouterAnswer<Worker>>;
  upsertJob(id: JobId, job: Patch<JobInput>): Promise<RouterAnswer<Written<Job>>>;

  /** The cheapest question there is: whether the router can be reached with our credentials. Asked once. */
  ping(): Promise<RouterAnswer<void>>;
}
