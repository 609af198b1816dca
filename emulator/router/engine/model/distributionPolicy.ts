import type { DistributionPolicyId } from '../ids.ts';
import type { RouterRule } from './rules.ts';
import type { Revision } from './values.ts';

export type ScoringParameter = 'jobLabels' | 'workerSelectors';

export interface ScoringRuleOptions {
  /** Absent when never set; 20 is then meant (documented). */
  readonly batchSize?: number;
  readonly scoringParameters: readonly ScoringParameter[];
  readonly isBatchScoringEnabled: boolean;
  readonly descendingOrder: boolean;
}

interface AnyDistributionMode {
  /** Where we guessed: a hint that changes nothing. Offers go to whoever is available, also when that is fewer. */
  readonly minConcurrentOffers: number;
  readonly maxConcurrentOffers: number;
  readonly bypassSelectors: boolean;
}

export interface BestWorkerMode extends AnyDistributionMode {
  readonly kind: 'bestWorker';
  /** Absent: the documented default formula. */
  readonly scoringRule?: RouterRule;
  readonly scoringRuleOptions: ScoringRuleOptions;
}

export interface PlainDistributionMode extends AnyDistributionMode {
  readonly kind: 'longestIdle' | 'roundRobin';
}

export type DistributionMode = PlainDistributionMode | BestWorkerMode;

export type DistributionModeKind = DistributionMode['kind'];

export interface DistributionPolicyView {
  readonly id: DistributionPolicyId;
  readonly name?: string;
  readonly offerExpiresAfterSeconds: number;
  readonly mode: DistributionMode;
  readonly revision: Revision;
}
