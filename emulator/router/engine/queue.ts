import type { Instant } from '../../clock/instant.ts';
import type { Checked } from './answer.ts';
import type { QueuePatch } from './commands.ts';
import type { DistributionPolicyId, ExceptionPolicyId, QueueId } from './ids.ts';
import { changedContent, firstRevision, nextRevision, patched, patchedLabelsOf } from './mergePatch.ts';
import type { Labels, Revision } from './model/values.ts';

interface QueueContent {
  readonly name: string | undefined;
  readonly distributionPolicyId: DistributionPolicyId;
  readonly labels: Labels;
  readonly exceptionPolicyId: ExceptionPolicyId | undefined;
}

export interface Queue {
  readonly id: QueueId;
  readonly content: QueueContent;
  readonly revision: Revision;
}

export function patchQueue(
  id: QueueId,
  current: QueueContent | undefined,
  patch: QueuePatch,
  policyExists: (id: DistributionPolicyId) => boolean,
  exceptionPolicyExists: (id: ExceptionPolicyId) => boolean,
): Checked<QueueContent> {
  const member = 'distributionPolicyId';
  const policyId = patched(current?.distributionPolicyId, patch.distributionPolicyId, undefined);
  if (policyId === undefined) {
    return { problems: [{ member, message: 'A distribution policy is required.' }] };
  }
  if (!policyExists(policyId)) {
    return { problems: [{ member, message: `Distribution policy ${policyId} does not exist.` }] };
  }
  const exceptionPolicyId = patched(current?.exceptionPolicyId, patch.exceptionPolicyId, undefined);
  if (exceptionPolicyId !== undefined && !exceptionPolicyExists(exceptionPolicyId)) {
    const message = `Exception policy ${exceptionPolicyId} does not exist.`;
    return { problems: [{ member: 'exceptionPolicyId', message }] };
  }
  const next = {
    name: patched(current?.name, patch.name, undefined),
    distributionPolicyId: policyId,
    labels: patchedLabelsOf(id, current?.labels, patch.labels),
    exceptionPolicyId,
  };
  return { content: current ? changedContent(current, next) : next };
}

export const createQueue = (id: QueueId, content: QueueContent, at: Instant): Queue => ({
  id,
  content,
  revision: firstRevision(at),
});

export const editQueue = (queue: Queue, content: QueueContent, at: Instant): Queue => ({
  ...queue,
  content,
  revision: nextRevision(queue.revision, at),
});
