import type { Instant } from '../../../clock/instant.ts';
import type { AssignmentId, JobId, OfferId, QueueId, WorkerId } from '../ids.ts';
import type { Labels, Revision } from './values.ts';

export interface Channel {
  readonly channelId: string;
  readonly capacityCostPerJob: number;
  readonly maxNumberOfJobs?: number;
}

export interface OfferView {
  readonly offerId: OfferId;
  readonly jobId: JobId;
  readonly capacityCost: number;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
}

export interface WorkerAssignmentView {
  readonly assignmentId: AssignmentId;
  readonly jobId: JobId;
  readonly capacityCost: number;
  readonly assignedAt: Instant;
}

export type WorkerState = 'active' | 'draining' | 'inactive';

export interface WorkerView {
  readonly id: WorkerId;
  readonly state: WorkerState;
  readonly queues: readonly QueueId[];
  readonly capacity: number;
  /** Begins with the automatic label Id. */
  readonly labels: Labels;
  readonly tags: Labels;
  readonly channels: readonly Channel[];
  readonly offers: readonly OfferView[];
  readonly assignedJobs: readonly WorkerAssignmentView[];
  /** Cost of offers and assignments over capacity. */
  readonly loadRatio: number;
  readonly availableForOffers: boolean;
  /** 2024-01-18-preview. Offers above it exist, hold capacity and age, but are not in `offers` yet. */
  readonly maxConcurrentOffers?: number;
  readonly revision: Revision;
}
