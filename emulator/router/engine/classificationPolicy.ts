import type { Instant } from '../../clock/instant.ts';
import type { ClassificationPolicyId, QueueId } from './ids.ts';
import { firstRevision, nextRevision } from './mergePatch.ts';
import type { QueueSelectorAttachment, Revision, RouterRule, WorkerSelectorAttachment } from './model.ts';

export interface ClassificationPolicyContent {
  readonly name: string | undefined;
  readonly fallbackQueueId: QueueId | undefined;
  readonly queueSelectorAttachments: readonly QueueSelectorAttachment[];
  readonly prioritizationRule: RouterRule | undefined;
  readonly workerSelectorAttachments: readonly WorkerSelectorAttachment[];
}

export interface ClassificationPolicy {
  readonly id: ClassificationPolicyId;
  readonly content: ClassificationPolicyContent;
  readonly revision: Revision;
}

export const createClassificationPolicy = (
  id: ClassificationPolicyId,
  content: ClassificationPolicyContent,
  at: Instant,
): ClassificationPolicy => ({ id, content, revision: firstRevision(at) });

export const editClassificationPolicy = (
  policy: ClassificationPolicy,
  content: ClassificationPolicyContent,
  at: Instant,
): ClassificationPolicy => ({ ...policy, content, revision: nextRevision(policy.revision, at) });
