/** What jobs ask of workers, and classification of queues. */
import type { Instant } from '../../../clock/instant.ts';
import type { Json, Scalar } from './values.ts';

export type LabelOperator =
  | 'equal'
  | 'notEqual'
  | 'lessThan'
  | 'lessThanOrEqual'
  | 'greaterThan'
  | 'greaterThanOrEqual';

export interface WorkerSelector {
  /** Absent: it never expires. */
  readonly expiresAfterSeconds?: number;
  readonly expedite: boolean;
  /** An expired selector is shown, and no longer asked for. */
  readonly status: 'active' | 'expired';
  readonly key: string;
  readonly labelOperator: LabelOperator;
  /** A selector without a value compares with nothing and matches as a missing label does. */
  readonly value?: Scalar;
  /** Known once its clock runs. */
  readonly expiresAt?: Instant;
}

export interface QueueSelector {
  readonly key: string;
  readonly labelOperator: LabelOperator;
  /** Objects are taken and shown as they came (recorded); no label equals one. */
  readonly value?: Json;
}
