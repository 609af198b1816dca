/**
 * Translates what the engine announces into the events Job Router publishes.
 *
 * The fence: each event carries exactly the members the published contract gives it, spelled as events spell
 * them (offeredOn where REST says offeredAt), and nothing the engine happens to know besides. Offer events keep
 * the member order of a captured live event. Where we guessed: the other types were never captured, so they
 * follow its pattern, members of the type itself first and inherited ones last; and a value that was never set
 * is left out, as the router's REST answers do, instead of being null.
 */
import type { Instant } from '../clock/instant.ts';
import type { ClassificationError, Fact, FactOf } from '../router/engine/facts.ts';
import type { JobStatus, JobView } from '../router/engine/model/job.ts';
import type { QueueView } from '../router/engine/model/queue.ts';
import type { LabelOperator, WorkerSelector } from '../router/engine/model/selectors.ts';
import type { Labels, Scalar } from '../router/engine/model/values.ts';
import type { Channel } from '../router/engine/model/worker.ts';
import { eventTimeText } from './eventTime.ts';
import { eventTypeOf, type RouterEventType } from './eventTypes.ts';

export type EventValue = Scalar | readonly EventValue[] | EventObject;
export interface EventObject {
  readonly [member: string]: EventValue;
}

/** An event before it is put into an envelope. */
export interface RouterEvent {
  readonly type: RouterEventType;
  readonly subject: string;
  readonly data: EventObject;
}

type OfferFact = FactOf<`WorkerOffer${'Issued' | 'Accepted' | 'Declined' | 'Revoked' | 'Expired'}`>;
type WorkerFact = FactOf<'WorkerRegistered' | 'WorkerUpdated'>;
type AssignmentFact = FactOf<'JobCompleted' | 'JobClosed' | 'JobUnassigned'>;
type ExpiringFact = FactOf<'JobWorkerSelectorsExpired' | 'JobWaitingForActivation' | 'JobSchedulingFailed'>;

const JOB_STATUS: Readonly<Record<JobStatus, string>> = {
  created: 'Created',
  pendingClassification: 'PendingClassification',
  classificationFailed: 'ClassificationFailed',
  pendingSchedule: 'PendingSchedule',
  scheduled: 'Scheduled',
  scheduleFailed: 'ScheduleFailed',
  waitingForActivation: 'WaitingForActivation',
  queued: 'Queued',
  assigned: 'Assigned',
  completed: 'Completed',
  closed: 'Closed',
  cancelled: 'Cancelled',
};

/** Events have their own words for the operators; only the first two are REST's in another case. */
const OPERATOR: Readonly<Record<LabelOperator, string>> = {
  equal: 'Equal',
  notEqual: 'NotEqual',
  greaterThan: 'Greater',
  lessThan: 'Less',
  greaterThanOrEqual: 'GreaterThanOrEqual',
  lessThanOrEqual: 'LessThanOrEqual',
};

/** The event that tells the world about `fact`. Label and tag values keep the JSON type they came with. */
export function routerEventOf(fact: Fact): RouterEvent {
  const type = eventTypeOf(fact.type);
  switch (fact.type) {
    case 'JobReceived':
      return { type, subject: jobSubject(fact.job), data: jobReceived(fact.job) };
    case 'JobClassified':
      return { type, subject: jobSubject(fact.job, 'queue', fact.queue.id), data: jobClassified(fact) };
    case 'JobClassificationFailed':
      return {
        type,
        subject: jobSubject(fact.job, 'classificationpolicy', fact.classificationPolicyId),
        data: jobClassificationFailed(fact),
      };
    case 'JobQueued':
      return { type, subject: queueSubject(fact.job), data: jobQueued(fact.job) };
    case 'JobExceptionTriggered':
      return {
        type,
        subject: jobSubject(fact.job, 'exceptionrule', fact.ruleKey),
        data: jobExceptionTriggered(fact),
      };
    case 'JobWorkerSelectorsExpired':
      return {
        type,
        subject: queueSubject(fact.job),
        data: { ...expiredSelectors(fact), ...jobBase(fact.job) },
      };
    case 'JobWaitingForActivation':
      return { type, subject: jobSubject(fact.job), data: jobWaitingForActivation(fact) };
    case 'JobSchedulingFailed':
      return { type, subject: jobSubject(fact.job), data: jobSchedulingFailed(fact) };
    case 'JobCompleted':
    case 'JobUnassigned':
      return { type, subject: assignmentSubject(fact), data: { ...assignment(fact), ...jobBase(fact.job) } };
    case 'JobClosed':
      return { type, subject: assignmentSubject(fact), data: jobClosed(fact) };
    case 'JobCancelled':
      return {
        type,
        subject: jobSubject(fact.job, 'disposition', fact.dispositionCode),
        data: jobCancelled(fact),
      };
    case 'JobDeleted':
      return { type, subject: jobSubject(fact.job), data: jobBase(fact.job) };
    case 'WorkerOfferIssued':
      return { type, subject: offerSubject(fact), data: offerIssued(fact) };
    case 'WorkerOfferAccepted':
      return { type, subject: offerSubject(fact), data: offerAccepted(fact) };
    case 'WorkerOfferDeclined':
    case 'WorkerOfferRevoked':
    case 'WorkerOfferExpired':
      return { type, subject: offerSubject(fact), data: offerBase(fact) };
    case 'WorkerRegistered':
      return { type, subject: workerSubject(fact.worker.id), data: workerDetails(fact) };
    case 'WorkerUpdated':
      return { type, subject: workerSubject(fact.worker.id), data: workerUpdated(fact) };
    case 'WorkerDeregistered':
    // Where we guessed: one description of WorkerDeleted has the whole worker, another a job that cannot be
    // meant. The worker's id is what all agree on, so an app that works here works with either.
    case 'WorkerDeleted':
      return { type, subject: workerSubject(fact.worker.id), data: { workerId: fact.worker.id } };
    default:
      return fact satisfies never;
  }
}

type SubjectDetail = 'queue' | 'assignment' | 'disposition' | 'classificationpolicy' | 'exceptionrule';

/**
 * Where we guessed: the pair at the end is certain, but whether assignment and exception events name the queue
 * before it is not. Filters should rest on the leading `job/{jobId}`.
 */
function jobSubject(job: JobView, detail?: SubjectDetail, value?: string): string {
  const subject = `job/${job.id}/channel/${job.channelId}`;
  return detail && value !== undefined ? `${subject}/${detail}/${value}` : subject;
}

const queueSubject = (job: JobView) => jobSubject(job, 'queue', job.queueId);
const assignmentSubject = (fact: AssignmentFact) => jobSubject(fact.job, 'assignment', fact.assignmentId);
const workerSubject = (workerId: string) => `worker/${workerId}`;
const offerSubject = (fact: OfferFact) => `${workerSubject(fact.worker.id)}/job/${fact.job.id}`;

const assignment = (fact: AssignmentFact) => ({ assignmentId: fact.assignmentId, workerId: fact.workerId });

/** The last members of every event about a job or an offer. */
const jobIdentity = (job: JobView) => ({
  jobId: job.id,
  ...(job.channelReference === undefined ? {} : { channelReference: job.channelReference }),
  channelId: job.channelId,
});

/** A job that came without a queue has none until it is classified. */
const queueMember = ({ queueId }: JobView) => (queueId === undefined ? {} : { queueId });

const jobBase = (job: JobView) => ({
  ...queueMember(job),
  labels: job.labels,
  tags: job.tags,
  ...jobIdentity(job),
});

const jobReceived = (job: JobView) => ({
  jobStatus: JOB_STATUS[job.status],
  ...(job.classificationPolicyId === undefined ? {} : { classificationPolicyId: job.classificationPolicyId }),
  priority: job.priority,
  requestedWorkerSelectors: job.requestedWorkerSelectors.map(selector),
  ...scheduledOn(job.matchingMode.kind === 'scheduleAndSuspend' ? job.matchingMode.scheduleAt : undefined),
  unavailableForMatching: job.matchingMode.kind === 'suspend',
  ...jobBase(job),
});

const jobClassified = ({ job, queue, classificationPolicyId }: FactOf<'JobClassified'>) => ({
  queueDetails: queueDetails(queue),
  classificationPolicyId,
  priority: job.priority,
  attachedWorkerSelectors: job.attachedWorkerSelectors.map(selector),
  ...jobBase(job),
});

const jobClassificationFailed = (fact: FactOf<'JobClassificationFailed'>) => ({
  classificationPolicyId: fact.classificationPolicyId,
  errors: fact.errors.map(classificationError),
  ...jobBase(fact.job),
});

const jobQueued = (job: JobView) => ({
  priority: job.priority,
  attachedWorkerSelectors: job.attachedWorkerSelectors.map(selector),
  requestedWorkerSelectors: job.requestedWorkerSelectors.map(selector),
  ...jobBase(job),
});

const jobExceptionTriggered = ({ ruleKey, exceptionRuleId, job }: FactOf<'JobExceptionTriggered'>) => ({
  ruleKey,
  exceptionRuleId,
  ...jobBase(job),
});

const jobWaitingForActivation = (fact: FactOf<'JobWaitingForActivation'>) => ({
  priority: fact.job.priority,
  ...expiredSelectors(fact),
  ...scheduledOn(fact.scheduledAt),
  unavailableForMatching: fact.unavailableForMatching,
  ...jobBase(fact.job),
});

const jobSchedulingFailed = (fact: FactOf<'JobSchedulingFailed'>) => ({
  priority: fact.job.priority,
  ...expiredSelectors(fact),
  ...scheduledOn(fact.scheduledAt),
  failureReason: fact.failureReason,
  ...jobBase(fact.job),
});

const expiredSelectors = (fact: ExpiringFact) => ({
  expiredRequestedWorkerSelectors: fact.expiredRequestedWorkerSelectors.map(selector),
  expiredAttachedWorkerSelectors: fact.expiredAttachedWorkerSelectors.map(selector),
});

/** Left out, never null, for a job that has no schedule. */
const scheduledOn = (when: Instant | undefined) =>
  when === undefined ? {} : { scheduledOn: eventTimeText(when) };

const classificationError = ({ code, message, target, details }: ClassificationError): EventObject => ({
  code,
  message,
  ...(target === undefined ? {} : { target }),
  ...(details === undefined ? {} : { details: details.map(classificationError) }),
});

const jobClosed = (fact: FactOf<'JobClosed'>) => ({
  ...assignment(fact),
  dispositionCode: fact.dispositionCode,
  ...jobBase(fact.job),
});

const jobCancelled = (fact: FactOf<'JobCancelled'>) => ({
  ...(fact.note === undefined ? {} : { note: fact.note }),
  dispositionCode: fact.dispositionCode,
  ...jobBase(fact.job),
});

/** Where we guessed: a selector that never expires has no ttlSeconds and no expirationTime, and is active. */
const selector = (shown: WorkerSelector) => ({
  key: shown.key,
  labelOperator: OPERATOR[shown.labelOperator],
  ...(shown.value === undefined ? {} : { value: shown.value }),
  ...(shown.expiresAfterSeconds === undefined ? {} : { ttlSeconds: shown.expiresAfterSeconds }),
  state: shown.status,
  ...(shown.expiresAt === undefined ? {} : { expirationTime: eventTimeText(shown.expiresAt) }),
});

const offerBase = (fact: OfferFact) => ({
  ...queueMember(fact.job),
  workerId: fact.worker.id,
  offerId: fact.offer.offerId,
  ...jobIdentity(fact.job),
});

/** The shared members of the two offer events that show worker and job; `between` stands after the offer's id. */
const offerWithLabels = ({ job, offer, worker }: OfferFact, between: EventObject): EventObject => ({
  ...queueMember(job),
  workerId: worker.id,
  workerLabels: worker.labels,
  workerTags: worker.tags,
  offerId: offer.offerId,
  ...between,
  jobPriority: job.priority,
  jobLabels: job.labels,
  jobTags: job.tags,
  ...jobIdentity(job),
});

const offerIssued = (fact: FactOf<'WorkerOfferIssued'>) => ({
  ...offerWithLabels(fact, {}),
  offeredOn: eventTimeText(fact.offer.offeredAt),
  expiresOn: eventTimeText(fact.offer.expiresAt),
});

const offerAccepted = (fact: FactOf<'WorkerOfferAccepted'>) =>
  offerWithLabels(fact, { assignmentId: fact.assignmentId });

const workerDetails = ({ worker, queues }: WorkerFact) => ({
  workerId: worker.id,
  totalCapacity: worker.capacity,
  queueAssignments: queues.map(queueDetails),
  channelConfigurations: worker.channels.map(channelConfiguration),
  labels: worker.labels,
  tags: worker.tags,
});

const workerUpdated = (fact: FactOf<'WorkerUpdated'>) => ({
  ...workerDetails(fact),
  updatedWorkerProperties: fact.updatedProperties,
});

const queueDetails = ({ id, name, labels }: QueueView): { id: string; name?: string; labels: Labels } => ({
  id,
  ...(name === undefined ? {} : { name }),
  labels,
});

const channelConfiguration = ({ channelId, capacityCostPerJob, maxNumberOfJobs }: Channel) => ({
  channelId,
  capacityCostPerJob,
  ...(maxNumberOfJobs === undefined ? {} : { maxNumberOfJobs }),
});
