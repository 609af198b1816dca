/**
 * What the router holds, told as the events that must have announced it. Pure. Whatever is found goes the way of an
 * event from here on: the same rules, the same effects, the same outcomes.
 */
import { type RouterEvent, type RouterEventKind, routerEvent } from '../events/routerEvent.ts';
import type { Job, Worker } from '../jobRouter/wire.ts';

/** Something that an event has told, or should have. */
export interface Finding {
  readonly event: RouterEvent;
  /** By the router's clock. Until then it is left to its own event; absent where nothing tells since when it is so. */
  readonly ripeAt?: Date;
}

/** An offer lives for seconds, so it is looked after sooner than anything else. */
const OFFER_SECONDS = 10;
const JOB_SECONDS = 30;

/** The offers that nobody has answered. */
export const offersOf = ({ id: workerId, labels: workerLabels, offers = [] }: Worker): readonly Finding[] =>
  offers.flatMap(({ offerId, jobId, offeredAt, expiresAt }) =>
    finding(
      'WorkerOfferIssued',
      offerId,
      { offerId, jobId, workerId, workerLabels, expiresOn: expiresAt },
      offeredAt,
      OFFER_SECONDS,
    ),
  );

/** A worker that is off duty. Nothing tells since when, nor why. */
export const offDuty = ({ id: workerId, state }: Worker): readonly Finding[] =>
  state === 'inactive' ? finding('WorkerOfferExpired', workerId, { workerId }) : [];

/** What a job waits for, by its status. */
export function waitingIn(job: Job): readonly Finding[] {
  const { id, status, scheduledAt } = job;
  switch (status) {
    case 'assigned':
      return unfinished(job);
    case 'completed':
      return unclosed(job);
    case 'closed':
      return finding('JobClosed', id, about(job), lastClosedAt(job));
    case 'cancelled':
      return finding('JobCancelled', id, about(job));
    case 'waitingForActivation': {
      const data = { ...about(job), scheduledOn: scheduledAt };
      return finding('JobWaitingForActivation', id, data, scheduledAt);
    }
    case 'classificationFailed':
      return finding('JobClassificationFailed', id, about(job));
    case 'scheduleFailed':
      return finding('JobSchedulingFailed', id, { ...about(job), scheduledOn: scheduledAt });
    default:
      return [];
  }
}

const unfinished = (job: Job): readonly Finding[] =>
  assignmentsOf(job)
    .filter(
      ({ workerId, completedAt, closedAt }) =>
        workerId !== undefined && completedAt === undefined && closedAt === undefined,
    )
    .flatMap(({ assignmentId, workerId, assignedAt }) => {
      const { labels: jobLabels, priority: jobPriority, ...traits } = about(job);
      const data = { ...traits, jobLabels, jobPriority, assignmentId, workerId };
      return finding('WorkerOfferAccepted', assignmentId, data, assignedAt);
    });

const unclosed = (job: Job): readonly Finding[] =>
  assignmentsOf(job)
    .filter(({ completedAt, closedAt }) => completedAt !== undefined && closedAt === undefined)
    .flatMap(({ assignmentId, workerId, completedAt }) =>
      finding('JobCompleted', assignmentId, { ...about(job), assignmentId, workerId }, completedAt),
    );

const about = ({ id: jobId, channelId, queueId, priority, labels = {} }: Job) => ({
  jobId,
  channelId,
  queueId,
  priority,
  labels,
});

const assignmentsOf = ({ assignments = {} }: Job) => Object.values(assignments);

/** ISO 8601 texts of one service sort by time only when they are as long as each other, so they are read. */
const lastClosedAt = (job: Job): string | undefined =>
  assignmentsOf(job)
    .flatMap(({ closedAt }) => closedAt ?? [])
    .toSorted((one, other) => Date.parse(other) - Date.parse(one))[0];

/**
 * The same finding has the same id in every run. Read as an event is, so that it is one in every respect; what does not
 * read as one, for an empty id, is nothing that could be acted on.
 */
function finding(
  kind: RouterEventKind,
  subject: string,
  data: object,
  since?: string,
  patienceSeconds: number = JOB_SECONDS,
): readonly Finding[] {
  const time = Date.parse(since ?? '');
  const isKnown = !Number.isNaN(time);
  const read = routerEvent.safeParse({
    kind,
    eventId: `reconcile-${kind}-${subject}`,
    ...(isKnown && { eventTime: new Date(time) }),
    data,
  });
  if (!read.success) return [];
  return [{ event: read.data, ...(isKnown && { ripeAt: new Date(time + patienceSeconds * 1000) }) }];
}
