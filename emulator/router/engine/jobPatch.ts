import type { Instant } from '../../clock/instant.ts';
import type { Checked, Problem } from './answer.ts';
import type { JobPatch, SelectorInput } from './commands.ts';
import type { QueueId } from './ids.ts';
import type { JobContent } from './job.ts';
import { changedContent, patched, patchedLabels } from './mergePatch.ts';
import type { MatchingMode, Note, WorkerSelector } from './model.ts';

const queueAndMatch: MatchingMode = { kind: 'queueAndMatch' };
const defaultPriority = 1;
const lowestPriority = -100;
const highestPriority = 100;

export function patchJob(
  current: JobContent | undefined,
  patch: JobPatch,
  at: Instant,
  queueExists: (id: QueueId) => boolean,
): Checked<JobContent> {
  const channelId = patched(current?.channelId, patch.channelId, undefined);
  const queueId = patched(current?.queueId, patch.queueId, undefined);
  const priority = patched(current?.priority ?? defaultPriority, patch.priority, defaultPriority);
  const problems = [
    ...channelProblems(channelId),
    ...queueProblems(queueId, queueExists),
    ...priorityProblems(priority),
  ];
  if (channelId === undefined || queueId === undefined || problems.length > 0) return { problems };
  const next = {
    channelReference: patched(current?.channelReference, patch.channelReference, undefined),
    channelId,
    classificationPolicyId: undefined,
    queueId,
    isOwnQueue: true,
    priority,
    dispositionCode: patched(current?.dispositionCode, patch.dispositionCode, undefined),
    selectors: patched(
      current?.selectors ?? [],
      patch.requestedWorkerSelectors && selectorsFrom(patch.requestedWorkerSelectors),
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

const channelProblems = (channelId: string | undefined): Problem[] =>
  channelId ? [] : [{ member: 'channelId', message: 'A channel is required.' }];

function queueProblems(queueId: QueueId | undefined, exists: (id: QueueId) => boolean): Problem[] {
  if (queueId === undefined) return [{ member: 'queueId', message: 'A queue is required.' }];
  return exists(queueId) ? [] : [{ member: 'queueId', message: `Queue ${queueId} does not exist.` }];
}

const priorityProblems = (priority: number): Problem[] =>
  Number.isInteger(priority) && priority >= lowestPriority && priority <= highestPriority
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
  notes.map(({ message, addedAt = at }) => ({ message, addedAt })).sort((a, b) => a.addedAt - b.addedAt);
