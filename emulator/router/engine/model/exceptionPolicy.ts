import type { ClassificationPolicyId, ExceptionPolicyId, QueueId } from '../ids.ts';
import type { WorkerSelector } from './selectors.ts';
import type { Labels, Revision } from './values.ts';

export type ExceptionTrigger =
  | { readonly kind: 'queueLength'; readonly threshold: number }
  | { readonly kind: 'waitTime'; readonly thresholdSeconds: number };

/** Every patch of the rules gives their actions new ids (recorded). */
export type ExceptionAction = { readonly id: string } & (
  | { readonly kind: 'cancel'; readonly note?: string; readonly dispositionCode?: string }
  | {
      readonly kind: 'manualReclassify';
      readonly queueId?: QueueId;
      readonly priority?: number;
      readonly workerSelectors: readonly WorkerSelector[];
    }
  | {
      readonly kind: 'reclassify';
      readonly classificationPolicyId?: ClassificationPolicyId;
      readonly labelsToUpsert: Labels;
    }
);

export interface ExceptionRule {
  /** The client's own. */
  readonly id: string;
  readonly trigger: ExceptionTrigger;
  readonly actions: readonly ExceptionAction[];
}

export interface ExceptionPolicyView {
  readonly id: ExceptionPolicyId;
  readonly name?: string;
  readonly exceptionRules: readonly ExceptionRule[];
  readonly revision: Revision;
}
