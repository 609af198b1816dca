/** Everything the engine can announce. Each fact carries snapshots as they were right after it happened. */
import type { Instant } from '../../clock/instant.ts';
import type { AssignmentId, WorkerId } from './ids.ts';
import type { JobView, OfferView, QueueView, WorkerView } from './model.ts';

interface JobFact {
  readonly job: JobView;
}

interface AssignmentFact extends JobFact {
  readonly assignmentId: AssignmentId;
  readonly workerId: WorkerId;
}

interface OfferFact extends JobFact {
  readonly offer: OfferView;
  readonly worker: WorkerView;
}

interface WorkerFact {
  readonly worker: WorkerView;
  /** The worker's queues, in its order. */
  readonly queues: readonly QueueView[];
}

export type WorkerProperty =
  | 'AvailableForOffers'
  | 'TotalCapacity'
  | 'QueueAssignments'
  | 'Labels'
  | 'Tags'
  | 'ChannelConfigurations';

interface FactTable {
  JobReceived: JobFact;
  JobQueued: JobFact;
  JobCompleted: AssignmentFact;
  JobClosed: AssignmentFact & { readonly dispositionCode: string };
  JobCancelled: JobFact & { readonly dispositionCode: string; readonly note?: string };
  JobUnassigned: AssignmentFact;
  JobDeleted: JobFact;
  WorkerOfferIssued: OfferFact;
  WorkerOfferAccepted: OfferFact & { readonly assignmentId: AssignmentId };
  WorkerOfferDeclined: OfferFact;
  WorkerOfferRevoked: OfferFact;
  WorkerOfferExpired: OfferFact;
  WorkerRegistered: WorkerFact;
  WorkerUpdated: WorkerFact & { readonly updatedProperties: readonly WorkerProperty[] };
  WorkerDeregistered: WorkerFact;
  WorkerDeleted: WorkerFact;
}

export type FactType = keyof FactTable;
export type FactOf<Type extends FactType> = { readonly type: Type; readonly at: Instant } & FactTable[Type];
export type Fact = { [Type in FactType]: FactOf<Type> }[FactType];
