import type { ExceptionPolicyId } from './ids.ts';
import type { ExceptionRule, Revision } from './model.ts';

export interface ExceptionPolicyContent {
  readonly name: string | undefined;
  readonly exceptionRules: readonly ExceptionRule[];
}

export interface ExceptionPolicy {
  readonly id: ExceptionPolicyId;
  readonly content: ExceptionPolicyContent;
  readonly revision: Revision;
}
