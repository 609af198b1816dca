import type { Instant } from '../../clock/instant.ts';
import type { Checked, Problem } from './answer.ts';
import type { JobPatch, SelectorInput } from './commands.ts';
import type { ClassificationPolicyId, QueueId } from './ids.ts';
import type { JobContent } from './job.ts';
import { changedContent, patched, patchedLabels } from './mergePatch.ts';
import type { MatchingMode, Note, WorkerSelector } from './model.ts';
import { keepingClocks } from './selectorClocks.ts';

const queueAndMatch: MatchingMode = { kind: 'queueAndMatch' };
const defaultPriority = 1;
const lowestPriority = -100;
const highestPriority = 100;

/** What a patch may refer to. */
interface Known {
  readonly queues: { has(id: QueueId): boolean };
  readonly classificationPolicies: { has(id: ClassificationPolicyId): boolean };
}

export function patchJob(
  current: JobContent | undefined,
  patch: JobPatch,
  at: Instant,
  known: Known,
): Checked<JobContent> {
  const channelId = patched(current?.channelId, patch.channelId, undefined);
  const policyId = patched(current?.classificationPolicyId, patch.classificationPolicyId, undefined);
  const queue = patchedQueue(current, patch.queueId, policyId);
  const priority = patched(current?.priority ?? defaultPriority, patch.priority, defaultPriority);
  const problems = [
    ...channelProblems(channelId),
    ...policyProblems(policyId, known),
    ...queueProblems(queue.queueId, policyId, known),
    ...priorityProblems(priority),
  ];
  if (channelId === undefined || problems.length > 0) return { problems };
  const next = {
    channelReference: patched(current?.channelReference, patch.channelReference, undefined),
    channelId,
    classificationPolicyId: policyId,
    ...queue,
    priority,
    dispositionCode: patched(current?.dispositionCode, patch.dispositionCode, undefined),
    selectors: patched(
      current?.selectors ?? [],
      patch.requestedWorkerSelectors &&
        keepingClocks(current?.selectors ?? [], selectorsFrom(patch.requestedWorkerSelectors)),
      [],
    ),
    attachedSelectors: current?.attachedSelectors ?? [],
    labels: patchedLabels(current?.labels ?? {}, patch.labels),
    tags: patchedLabels(current?.tags ?? {}, patch.tags),
    notes: patched(current?.notes ?? [], patch.notes && notesFrom(patch.notes, at), []),
    matchingMode: patched(current?.matchingMode ?? queueAndMatch, patch.matchingMode, queueAndMatch),
  };
  return { content: current ? changedContent(current, next) : next };
}

/**
 * Where we guessed: repeating the queue that classification chose does not make it the job's own; null leaves the
 * choice to the policy, and the job is shown in its queue until the policy has chosen.
 */
function patchedQueue(
  current: JobContent | undefined,
  change: JobPatch['queueId'],
  policyId: ClassificationPolicyId | undefined,
): Pick<JobContent, 'queueId' | 'isOwnQueue'> {
  const { queueId, isOwnQueue } = current ?? { queueId: undefined, isOwnQueue: false };
  if (change === undefined || change === queueId) return { queueId, isOwnQueue };
  if (change === null) return { queueId: policyId === undefined ? undefined : queueId, isOwnQueue: false };
  return { queueId: change, isOwnQueue: true };
}

const policyProblems = (policyId: ClassificationPolicyId | undefined, known: Known): Problem[] =>
  policyId === undefined || known.classificationPolicies.has(policyId)
    ? []
    : [
        {
          member: 'classificationPolicyId',
          message: `Classification policy ${policyId} does not exist.`,
        },
      ];

const channelProblems = (channelId: string | undefined): Problem[] =>
  channelId ? [] : [{ member: 'channelId', message: 'A channel is required.' }];

function queueProblems(
  queueId: QueueId | undefined,
  policyId: ClassificationPolicyId | undefined,
  { queues }: Known,
): Problem[] {
  if (queueId !== undefined) {
    return queues.has(queueId) ? [] : [{ member: 'queueId', message: `Queue ${queueId} does not exist.` }];
  }
  const message = 'A queue, or a classification policy that chooses one, is required.';
  return policyId === undefined ? [{ member: 'queueId', message }] : [];
}

export const isPriority = (priority: number): boolean =>
  Number.isInteger(priority) && priority >= lowestPriority && priority <= highestPriority;

const priorityProblems = (priority: number): Problem[] =>
  isPriority(priority)
    ? []
    : [
        {
          member: 'priority',
          message: `A whole number from ${lowestPriority} to ${highestPriority} is required.`,
        },
      ];

/** Recorded: the service adds `expedite` and `status`. `expiresAt` comes with the selector's clock. */
export const selectorFrom = (input: SelectorInput): WorkerSelector => ({
  ...(input.expiresAfterSeconds !== undefined && { expiresAfterSeconds: input.expiresAfterSeconds }),
  expedite: input.expedite ?? false,
  status: 'active',
  key: input.key,
  labelOperator: input.labelOperator,
  ...(input.value !== undefined && { value: input.value }),
});

const selectorsFrom = (inputs: readonly SelectorInput[]): readonly WorkerSelector[] =>
  inputs.map(selectorFrom);

const notesFrom = (notes: NonNullable<JobPatch['notes']>, at: Instant): readonly Note[] =>
  notes
    .map(({ message, addedAt = at, addedAtTicks }) => ({
      message,
      addedAt,
      ...(addedAtTicks !== undefined && { addedAtTicks }),
    }))
    .sort((a, b) => a.addedAt - b.addedAt || (a.addedAtTicks ?? 0) - (b.addedAtTicks ?? 0));
