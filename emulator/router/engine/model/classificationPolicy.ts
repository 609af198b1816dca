import type { ClassificationPolicyId, QueueId } from '../ids.ts';
import type { RouterRule } from './rules.ts';
import type { LabelOperator, QueueSelector, WorkerSelector } from './selectors.ts';
import type { Revision } from './values.ts';

/** What a classification policy adds selectors with. REST says `queueSelector(s)`, `workerSelector(s)`; here both are `selector(s)`. */
export type SelectorAttachment<Selector> =
  | { readonly kind: 'static'; readonly selector: Selector }
  | { readonly kind: 'conditional'; readonly condition: RouterRule; readonly selectors: readonly Selector[] }
  | {
      readonly kind: 'passThrough';
      readonly key: string;
      readonly labelOperator: LabelOperator;
      /** Of worker selectors only. */
      readonly expiresAfterSeconds?: number;
    }
  | { readonly kind: 'ruleEngine'; readonly rule: RouterRule }
  | { readonly kind: 'weightedAllocation'; readonly allocations: readonly WeightedAllocation<Selector>[] };

export interface WeightedAllocation<Selector> {
  /** A share of 1. */
  readonly weight: number;
  readonly selectors: readonly Selector[];
}

export type QueueSelectorAttachment = SelectorAttachment<QueueSelector>;

export type WorkerSelectorAttachment = SelectorAttachment<WorkerSelector>;

export interface ClassificationPolicyView {
  readonly id: ClassificationPolicyId;
  readonly name?: string;
  readonly fallbackQueueId?: QueueId;
  readonly queueSelectorAttachments: readonly QueueSelectorAttachment[];
  readonly prioritizationRule?: RouterRule;
  readonly workerSelectorAttachments: readonly WorkerSelectorAttachment[];
  readonly revision: Revision;
}
