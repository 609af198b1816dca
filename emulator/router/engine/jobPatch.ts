import type { Instant } from '../../clock/instant.ts';
import type { Checked, Problem } from './answer.ts';
import type { JobPatch, SelectorInput } from './commands.ts';
import type { ClassificationPolicyId, QueueId } from './ids.ts';
import type { JobContent } from './job.ts';
import { changedContent, patched, patchedLabels } from './mergePatch.ts';
import type { Note } from './model/job.ts';
import type { WorkerSelector } from './model/selectors.ts';
import { keepingClocks } from './selectorClocks.ts';
import type { Growing } from './views.ts';

const lowestPriority = -100;
const highestPriority = 100;

/** What a patch may refer to. */
interface Known {
  readonly queues: { has(id: QueueId): boolean };
  readonly classificationPolicies: { has(id: ClassificationPolicyId): boolean };
}

/** What a job is to be, while nobody has said yet on which channel. */
type Draft = Omit<JobContent, 'channelId'> & { readonly channelId: string | undefined };

/** What a job has that a client said nothing about. */
const blank = {
  channelReference: undefined,
  channelId: undefined,
  classificationPolicyId: undefined,
  queueId: undefined,
  isOwnQueue: false,
  priority: 1,
  dispositionCode: undefined,
  selectors: [],
  attachedSelectors: [],
  labels: {},
  tags: {},
  notes: [],
  matchingMode: { kind: 'queueAndMatch' },
} as const satisfies Draft;

export function patchJob(
  current: JobContent | undefined,
  patch: JobPatch,
  at: Instant,
  known: Known,
): Checked<JobContent> {
  const before: Draft = current ?? blank;
  const channelId = patched(before.channelId, patch.channelId, undefined);
  const policyId = patched(before.classificationPolicyId, patch.classificationPolicyId, undefined);
  const { queueId, isOwnQueue } = patchedQueue(before, patch.queueId, policyId);
  const priority = patched(before.priority, patch.priority, blank.priority);
  const problems = [
    channelProblem(channelId),
    policyProblem(policyId, known),
    queueProblem(queueId, policyId, known),
    priorityProblem(priority),
  ].filter((problem) => problem !== undefined);
  if (channelId === undefined || problems.length > 0) return { problems };
  const requested = patch.requestedWorkerSelectors;
  const next = {
    channelReference: patched(before.channelReference, patch.channelReference, undefined),
    channelId,
    classificationPolicyId: policyId,
    queueId,
    isOwnQueue,
    priority,
    dispositionCode: patched(before.dispositionCode, patch.dispositionCode, undefined),
    selectors: patched(
      before.selectors,
      requested && keepingClocks(before.selectors, requested.map(selectorFrom)),
      blank.selectors,
    ),
    attachedSelectors: before.attachedSelectors,
    labels: patchedLabels(before.labels, patch.labels),
    tags: patchedLabels(before.tags, patch.tags),
    notes: patched(before.notes, patch.notes && notesFrom(patch.notes, at), blank.notes),
    matchingMode: patched(before.matchingMode, patch.matchingMode, blank.matchingMode),
  };
  return { content: current ? changedContent(current, next) : next };
}

/**
 * Where we guessed: repeating the queue that classification chose does not make it the job's own; null leaves the
 * choice to the policy, and the job is shown in its queue until the policy has chosen.
 */
function patchedQueue(
  { queueId, isOwnQueue }: Pick<JobContent, 'queueId' | 'isOwnQueue'>,
  change: JobPatch['queueId'],
  policyId: ClassificationPolicyId | undefined,
): Pick<JobContent, 'queueId' | 'isOwnQueue'> {
  if (change === undefined || change === queueId) return { queueId, isOwnQueue };
  if (change === null) return { queueId: policyId === undefined ? undefined : queueId, isOwnQueue: false };
  return { queueId: change, isOwnQueue: true };
}

type MaybeProblem = Problem | undefined;

const policyProblem = (policyId: ClassificationPolicyId | undefined, known: Known): MaybeProblem =>
  policyId === undefined || known.classificationPolicies.has(policyId)
    ? undefined
    : { member: 'classificationPolicyId', message: `Classification policy ${policyId} does not exist.` };

const channelProblem = (channelId: string | undefined): MaybeProblem =>
  channelId ? undefined : { member: 'channelId', message: 'A channel is required.' };

function queueProblem(
  queueId: QueueId | undefined,
  policyId: ClassificationPolicyId | undefined,
  { queues }: Known,
): MaybeProblem {
  const member = 'queueId';
  if (queueId !== undefined) {
    return queues.has(queueId) ? undefined : { member, message: `Queue ${queueId} does not exist.` };
  }
  if (policyId !== undefined) return undefined;
  return { member, message: 'A queue, or a classification policy that chooses one, is required.' };
}

export const isPriority = (priority: number): boolean =>
  Number.isInteger(priority) && priority >= lowestPriority && priority <= highestPriority;

const priorityProblem = (priority: number): MaybeProblem =>
  isPriority(priority)
    ? undefined
    : {
        member: 'priority',
        message: `A whole number from ${lowestPriority} to ${highestPriority} is required.`,
      };

/** Recorded: the service adds `expedite` and `status`. `expiresAt` comes with the selector's clock. */
export function selectorFrom(input: SelectorInput): WorkerSelector {
  const { key, labelOperator, value, expedite = false, expiresAfterSeconds } = input;
  const selector: Growing<WorkerSelector> = { expedite, status: 'active', key, labelOperator };
  if (value !== undefined) selector.value = value;
  if (expiresAfterSeconds !== undefined) selector.expiresAfterSeconds = expiresAfterSeconds;
  return selector;
}

const notesFrom = (notes: NonNullable<JobPatch['notes']>, at: Instant): readonly Note[] =>
  notes
    .map(({ message, addedAt = at, addedAtTicks }) => ({
      message,
      addedAt,
      ...(addedAtTicks !== undefined && { addedAtTicks }),
    }))
    .sort((a, b) => a.addedAt - b.addedAt || (a.addedAtTicks ?? 0) - (b.addedAtTicks ?? 0));
