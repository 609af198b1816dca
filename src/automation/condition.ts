/** Holds the traits against one rule's `when`, member by member. */
import { isWithinHours } from './businessHours.ts';
import type { JobTraits, TraitName } from './jobTraits.ts';
import { meetsLabels } from './labelConditions.ts';
import type { Condition } from './rules.ts';

/** `unknown`: the trait this member looks at is not known, so it can be neither. */
export type Verdict = 'met' | 'unmet' | 'unknown';

/** The verdict on every member that the condition has. A condition without members is met by anything. */
export function weigh(when: Condition, traits: JobTraits): ReadonlyMap<TraitName, Verdict> {
  const { channel, queue, priority, jobLabels, workerLabels, hours } = when;
  const verdicts = new Map<TraitName, Verdict>();
  const note = <Name extends TraitName>(
    name: Name,
    isMetBy: (trait: NonNullable<JobTraits[Name]>) => boolean,
  ) => {
    const trait = traits[name];
    verdicts.set(name, trait === undefined || trait === null ? 'unknown' : isMetBy(trait) ? 'met' : 'unmet');
  };
  if (channel !== undefined) note('channel', (trait) => isOneOf(channel, trait));
  if (queue !== undefined) note('queue', (trait) => isOneOf(queue, trait));
  if (priority !== undefined) note('priority', (trait) => isWithin(priority, trait));
  if (jobLabels !== undefined) note('jobLabels', (trait) => meetsLabels(jobLabels, trait));
  if (workerLabels !== undefined) note('workerLabels', (trait) => meetsLabels(workerLabels, trait));
  if (hours !== undefined) note('begunAt', (trait) => isWithinHours(hours, trait));
  return verdicts;
}

const isOneOf = (wanted: string | readonly string[], trait: string): boolean =>
  [wanted].flat().includes(trait);

function isWithin(wanted: NonNullable<Condition['priority']>, trait: number): boolean {
  if (typeof wanted === 'number') return trait === wanted;
  return trait >= (wanted.min ?? -Infinity) && trait <= (wanted.max ?? Infinity);
}
