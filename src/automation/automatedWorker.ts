import type { JobTraits, TraitName } from './jobTraits.ts';
import { meetsLabels } from './labelConditions.ts';
import type { AutomatedWorkers } from './rules.ts';

/** What an entry is held against. */
export type WorkerTraits = Pick<JobTraits, 'workerId' | 'workerLabels'>;

/** The first entry switched on that names the worker, by its id and its labels as far as it asks for them. */
export const automatedWorker = (
  entries: readonly AutomatedWorkers[],
  traits: WorkerTraits,
): AutomatedWorkers | undefined => entries.find((entry) => verdict(entry, traits) === 'named');

/** The labels, where it depends on them whether, or by which entry, the worker is named. */
export function traitsToNameWorker(
  entries: readonly AutomatedWorkers[],
  traits: WorkerTraits,
): ReadonlySet<TraitName> {
  const decisive = entries.find((entry) => verdict(entry, traits) !== 'notNamed');
  return new Set(decisive !== undefined && verdict(decisive, traits) === 'open' ? ['workerLabels'] : []);
}

function verdict(
  { enabled, workers, workerLabels }: AutomatedWorkers,
  traits: WorkerTraits,
): 'named' | 'notNamed' | 'open' {
  const isMeant = workers === undefined || workers.some((id) => id === traits.workerId);
  if (!enabled || !isMeant) return 'notNamed';
  if (workerLabels === undefined) return 'named';
  if (traits.workerLabels === undefined) return 'open';
  return meetsLabels(workerLabels, traits.workerLabels) ? 'named' : 'notNamed';
}
