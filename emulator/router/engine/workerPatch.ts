import type { Checked, Problem } from './answer.ts';
import type { WorkerPatch } from './commands.ts';
import type { WorkerProperty } from './facts.ts';
import type { QueueId, WorkerId } from './ids.ts';
import { isSame, patched, patchedLabels, patchedLabelsOf } from './mergePatch.ts';
import type { Channel } from './model/worker.ts';
import type { WorkerContent } from './worker.ts';

/** What the patch makes of the worker, availability aside. */
export function patchWorker(
  id: WorkerId,
  current: WorkerContent | undefined,
  patch: WorkerPatch,
  queueExists: (id: QueueId) => boolean,
): Checked<WorkerContent> {
  const capacity = patched(current?.capacity, patch.capacity, undefined);
  const queues = patched(current?.queues ?? [], patch.queues && [...new Set(patch.queues)], []);
  const channels = patched(current?.channels ?? [], patch.channels, []);
  const maxConcurrentOffers = patched(current?.maxConcurrentOffers, patch.maxConcurrentOffers, undefined);
  const problems = [
    ...capacityProblems(capacity),
    ...channelProblems(channels),
    ...limitProblems(maxConcurrentOffers),
  ];
  for (const queueId of queues) {
    if (!queueExists(queueId))
      problems.push({ member: 'queues', message: `Queue ${queueId} does not exist.` });
  }
  if (capacity === undefined || problems.length > 0) return { problems };
  return {
    content: {
      queues,
      capacity,
      labels: patchedLabelsOf(id, current?.labels, patch.labels),
      tags: patchedLabels(current?.tags ?? {}, patch.tags),
      channels,
      maxConcurrentOffers,
    },
  };
}

/** Where we guessed: nobody publishes whether a capacity or the cost of a channel may be 0. */
const isCount = (value: number | undefined): boolean =>
  value !== undefined && Number.isInteger(value) && value >= 0;

const capacityProblems = (capacity: number | undefined): Problem[] =>
  isCount(capacity) ? [] : [{ member: 'capacity', message: 'A whole number of at least 0 is required.' }];

/** Where we guessed: the limit is at least one offer. */
const limitProblems = (limit: number | undefined): Problem[] =>
  limit === undefined || (Number.isInteger(limit) && limit > 0)
    ? []
    : [{ member: 'maxConcurrentOffers', message: 'A whole number greater than 0 is required.' }];

function channelProblems(channels: readonly Channel[]): Problem[] {
  const problems: Problem[] = [];
  channels.forEach(({ channelId, capacityCostPerJob, maxNumberOfJobs }, index) => {
    const report = (member: string, message: string) =>
      problems.push({ member: `channels[${index}].${member}`, message });
    if (channelId === '') report('channelId', 'A channel is required.');
    if (!isCount(capacityCostPerJob)) {
      report('capacityCostPerJob', 'A whole number of at least 0 is required.');
    }
    if (maxNumberOfJobs !== undefined && !(Number.isInteger(maxNumberOfJobs) && maxNumberOfJobs > 0)) {
      report('maxNumberOfJobs', 'A whole number greater than 0 is required.');
    }
  });
  return problems;
}

const propertyOf = {
  capacity: 'TotalCapacity',
  queues: 'QueueAssignments',
  labels: 'Labels',
  tags: 'Tags',
  channels: 'ChannelConfigurations',
} as const satisfies Partial<Record<keyof WorkerContent, WorkerProperty>>;

/** The properties that differ, under the names the update event uses. */
export function changedProperties(before: WorkerContent, after: WorkerContent): readonly WorkerProperty[] {
  const members: readonly (keyof typeof propertyOf)[] = ['capacity', 'queues', 'labels', 'tags', 'channels'];
  return members
    .filter((member) => !isSame(before[member], after[member]))
    .map((member) => propertyOf[member]);
}

/**
 * True when the worker's open offers were made to somebody it no longer is.
 * Where we guessed: any such edit revokes all of them, harmed by it or not.
 */
export const isAnotherMatch = (before: WorkerContent, after: WorkerContent): boolean =>
  before.maxConcurrentOffers !== after.maxConcurrentOffers ||
  changedProperties(before, after).some((property) => property !== 'Tags');
