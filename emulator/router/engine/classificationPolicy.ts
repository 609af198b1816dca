import type { Instant } from '../../clock/instant.ts';
import type { Checked, Problem } from './answer.ts';
import type { ClassificationPolicyPatch, SelectorInput } from './commands.ts';
import type { ClassificationPolicyId, QueueId } from './ids.ts';
import { selectorFrom } from './jobPatch.ts';
import { changedContent, firstRevision, nextRevision, patched } from './mergePatch.ts';
import type {
  QueueSelectorAttachment,
  SelectorAttachment,
  WorkerSelectorAttachment,
} from './model/classificationPolicy.ts';
import type { RouterRule } from './model/rules.ts';
import type { Revision } from './model/values.ts';
import { patchRule } from './rules/patchRule.ts';

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

export function patchClassificationPolicy(
  current: ClassificationPolicyContent | undefined,
  patch: ClassificationPolicyPatch,
  queueExists: (id: QueueId) => boolean,
): Checked<ClassificationPolicyContent> {
  const ruleProblems: Problem[] = [];
  const { workerSelectorAttachments: workerAttachments } = patch;
  const fallbackQueueId = patched(current?.fallbackQueueId, patch.fallbackQueueId, undefined);
  const next = {
    name: patched(current?.name, patch.name, undefined),
    fallbackQueueId,
    queueSelectorAttachments: patched(
      current?.queueSelectorAttachments ?? [],
      patch.queueSelectorAttachments,
      [],
    ),
    prioritizationRule: patchRule(
      current?.prioritizationRule,
      patch.prioritizationRule,
      'prioritizationRule',
      ruleProblems,
    ),
    workerSelectorAttachments: patched(
      current?.workerSelectorAttachments ?? [],
      workerAttachments === null ? null : workerAttachments?.map(workerAttachmentFrom),
      [],
    ),
  };
  const problems = [
    ...fallbackProblems(fallbackQueueId, queueExists),
    ...ruleProblems,
    ...weightProblems('queueSelectorAttachments', next.queueSelectorAttachments),
    ...weightProblems('workerSelectorAttachments', next.workerSelectorAttachments),
  ];
  if (problems.length > 0) return { problems };
  return { content: current ? changedContent(current, next) : next };
}

function workerAttachmentFrom(attachment: SelectorAttachment<SelectorInput>): WorkerSelectorAttachment {
  switch (attachment.kind) {
    case 'static':
      return { ...attachment, selector: selectorFrom(attachment.selector) };
    case 'conditional':
      return { ...attachment, selectors: attachment.selectors.map(selectorFrom) };
    case 'weightedAllocation':
      return {
        ...attachment,
        allocations: attachment.allocations.map(({ weight, selectors }) => ({
          weight,
          selectors: selectors.map(selectorFrom),
        })),
      };
    default:
      return attachment;
  }
}

const fallbackProblems = (
  queueId: QueueId | undefined,
  queueExists: (id: QueueId) => boolean,
): readonly Problem[] =>
  queueId === undefined || queueExists(queueId)
    ? []
    : [{ member: 'fallbackQueueId', message: `Queue ${queueId} does not exist.` }];

/** Where we guessed: a weight is a share of 1, and what the service says to another one. */
const weightProblems = (
  member: string,
  attachments: readonly SelectorAttachment<unknown>[],
): readonly Problem[] =>
  attachments.flatMap((attachment, index) =>
    attachment.kind === 'weightedAllocation' &&
    attachment.allocations.some(({ weight }) => !(weight >= 0 && weight <= 1))
      ? [{ member: `${member}[${index}].allocations`, message: 'A weight is a number from 0 to 1.' }]
      : [],
  );

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
