/**
 * A worker's states and moves. What a worker holds lives in its state: an inactive worker holds nothing, a
 * draining one has assignments to finish, and only an active one can have open offers.
 */
import type { Instant } from '../../clock/instant.ts';
import type { AssignmentId, JobId, OfferId, QueueId, WorkerId } from './ids.ts';
import { firstRevision, nextRevision } from './mergePatch.ts';
import type { Labels, Revision } from './model/values.ts';
import type { Channel } from './model/worker.ts';
import type { Offer } from './offer.ts';

export interface WorkerContent {
  readonly queues: readonly QueueId[];
  readonly capacity: number;
  readonly labels: Labels;
  readonly tags: Labels;
  readonly channels: readonly Channel[];
  readonly maxConcurrentOffers: number | undefined;
}

export interface HeldAssignment {
  readonly assignmentId: AssignmentId;
  readonly jobId: JobId;
  readonly channelId: string;
  readonly capacityCost: number;
  readonly assignedAt: Instant;
}

export type WorkerStanding =
  | {
      readonly state: 'active';
      readonly offers: readonly Offer[];
      readonly assignments: readonly HeldAssignment[];
    }
  | { readonly state: 'draining'; readonly assignments: readonly HeldAssignment[] }
  | { readonly state: 'inactive' };

export interface Worker {
  readonly id: WorkerId;
  readonly content: WorkerContent;
  readonly standing: WorkerStanding;
  /** The cost of everything `standing` holds. */
  readonly load: number;
  /** Moves with every registration; a decline counts for the registration it was made in. */
  readonly registration: number;
  /**
   * Smaller is idle for longer. Where we guessed: moves when the worker registers or an assignment ends, not when it
   * declines or loses an offer.
   */
  readonly idleSince: number;
  readonly revision: Revision;
}

const none: readonly never[] = [];

export const offersOf = (worker: Worker): readonly Offer[] =>
  worker.standing.state === 'active' ? worker.standing.offers : none;

/**
 * The offers the worker can see. Recorded: with a limit on them the others exist and age, and each shows when an
 * earlier one is gone. Where we guessed: they hold capacity.
 */
export function shownOffersOf(worker: Worker): readonly Offer[] {
  const { maxConcurrentOffers: limit } = worker.content;
  return limit === undefined ? offersOf(worker) : offersOf(worker).slice(0, limit);
}

export const assignmentsOf = (worker: Worker): readonly HeldAssignment[] =>
  worker.standing.state === 'inactive' ? none : worker.standing.assignments;

export const isRegistered = (worker: Worker): boolean => worker.standing.state === 'active';

/** Where we guessed: 0 without capacity and work; never above 1, even when capacity was lowered under the load. */
function ratio(load: number, { content: { capacity } }: Worker): number {
  if (load === 0) return 0;
  return load >= capacity ? 1 : load / capacity;
}

/** Of all the worker holds, in sight or not. Workers are ranked by it. */
export const loadRatio = (worker: Worker): number => ratio(worker.load, worker);

/** Of what the worker can see. Recorded: an offer that does not show yet is not counted. */
export const shownLoadRatio = (worker: Worker): number =>
  worker.content.maxConcurrentOffers === undefined
    ? loadRatio(worker)
    : ratio(costOf(shownOffersOf(worker)) + costOf(assignmentsOf(worker)), worker);

/**
 * The channel a job would come through, when the worker has room for one more job on it. Where we guessed: of two
 * entries for one channel the first counts.
 */
export function channelWithRoom(worker: Worker, channelId: string): Channel | undefined {
  const channel = worker.content.channels.find((candidate) => candidate.channelId === channelId);
  return channel && hasRoomOn(worker, channel) ? channel : undefined;
}

/** True when the worker, registered or not, could carry one more job: of the given channel, or of any. */
export const hasRoom = (worker: Worker, channelId?: string): boolean =>
  channelId === undefined
    ? worker.content.channels.some((channel) => hasRoomOn(worker, channel))
    : channelWithRoom(worker, channelId) !== undefined;

/** True when a job of some channel could be offered. */
export const isAvailable = (worker: Worker): boolean => isRegistered(worker) && hasRoom(worker);

function hasRoomOn(worker: Worker, channel: Channel): boolean {
  if (worker.load + channel.capacityCostPerJob > worker.content.capacity) return false;
  return channel.maxNumberOfJobs === undefined || jobsOn(worker, channel.channelId) < channel.maxNumberOfJobs;
}

/** Where we guessed: offers count towards the channel's limit as they count towards capacity. */
function jobsOn(worker: Worker, channelId: string): number {
  let count = 0;
  for (const offer of offersOf(worker)) if (offer.channelId === channelId) count += 1;
  for (const assignment of assignmentsOf(worker)) if (assignment.channelId === channelId) count += 1;
  return count;
}

const costOf = (held: readonly { readonly capacityCost: number }[]): number =>
  held.reduce((sum, { capacityCost }) => sum + capacityCost, 0);

function standingAs(worker: Worker, standing: WorkerStanding, at: Instant): Worker {
  const offered = standing.state === 'active' ? costOf(standing.offers) : 0;
  const assigned = standing.state === 'inactive' ? 0 : costOf(standing.assignments);
  return { ...worker, standing, load: offered + assigned, revision: nextRevision(worker.revision, at) };
}

export const createWorker = (id: WorkerId, content: WorkerContent, at: Instant): Worker => ({
  id,
  content,
  standing: { state: 'inactive' },
  load: 0,
  registration: 0,
  idleSince: 0,
  revision: firstRevision(at),
});

export const editWorker = (worker: Worker, content: WorkerContent, at: Instant): Worker => ({
  ...worker,
  content,
  revision: nextRevision(worker.revision, at),
});

/**
 * `registration` is a number no registration had before; it also starts the idle time. Where we guessed: a draining
 * worker, too, is registered anew, so that it may be offered again what it declined.
 */
export function register(worker: Worker, registration: number, at: Instant): Worker {
  const standing = { state: 'active', offers: none, assignments: assignmentsOf(worker) } as const;
  return standingAs({ ...worker, registration, idleSince: registration }, standing, at);
}

/** Drops the open offers; the caller tells their jobs. */
export const deregister = (worker: Worker, at: Instant): Worker =>
  standingAs(worker, restOf(assignmentsOf(worker)), at);

const restOf = (assignments: readonly HeldAssignment[]): WorkerStanding =>
  assignments.length > 0 ? { state: 'draining', assignments } : { state: 'inactive' };

const holding = (worker: Worker, offers: readonly Offer[], at: Instant): Worker =>
  standingAs(worker, { state: 'active', offers, assignments: assignmentsOf(worker) }, at);

export const reserveFor = (worker: Worker, offer: Offer, at: Instant): Worker =>
  holding(worker, [...offersOf(worker), offer], at);

const offersWithout = (worker: Worker, offerId: OfferId): readonly Offer[] =>
  offersOf(worker).filter((offer) => offer.offerId !== offerId);

/** Does nothing to a worker that no longer has the offer. */
export function releaseOffer(worker: Worker, offerId: OfferId, at: Instant): Worker {
  const offers = offersWithout(worker, offerId);
  return offers.length === offersOf(worker).length ? worker : holding(worker, offers, at);
}

/** The offer's capacity becomes the assignment's. */
export function takeOn(worker: Worker, offer: Offer, assignmentId: AssignmentId, at: Instant): Worker {
  const { jobId, channelId, capacityCost } = offer;
  const assignments = [
    ...assignmentsOf(worker),
    { assignmentId, jobId, channelId, capacityCost, assignedAt: at },
  ];
  return standingAs(
    worker,
    { state: 'active', offers: offersWithout(worker, offer.offerId), assignments },
    at,
  );
}

/** Frees what the assignment held. A draining worker that has nothing left becomes inactive. */
export function endAssignment(
  worker: Worker,
  assignmentId: AssignmentId,
  idleSince: number,
  at: Instant,
): Worker {
  const assignments = assignmentsOf(worker).filter((held) => held.assignmentId !== assignmentId);
  const standing: WorkerStanding =
    worker.standing.state === 'active' ? { ...worker.standing, assignments } : restOf(assignments);
  return standingAs({ ...worker, idleSince }, standing, at);
}
