/** Holds the traits against one rule's `when`, member by member. */
import type { Labels } from '../jobRouter/wire.ts';
import type { JobTraits, TraitName } from './jobTraits.ts';
import type { Condition } from './rules.ts';

/** `unknown`: the trait this member looks at is not known, so it can be neither. */
export type Verdict = 'met' | 'unmet' | 'unknown';

/** The verdict on every member that the condition has. A condition without members is met by anything. */
export function weigh(when: Condition, traits: JobTraits): ReadonlyMap<TraitName, Verdict> {
  const { channel, queue, priority, jobLabels, workerLabels } = when;
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
  if (jobLabels !== undefined) note('jobLabels', (trait) => hasLabels(jobLabels, trait));
  if (workerLabels !== undefined) note('workerLabels', (trait) => hasLabels(workerLabels, trait));
  return verdicts;
}

const isOneOf = (wanted: string | readonly string[], trait: string): boolean =>
  [wanted].flat().includes(trait);

function isWithin(wanted: NonNullable<Condition['priority']>, trait: number): boolean {
  if (typeof wanted === 'number') return trait === wanted;
  return trait >= (wanted.min ?? -Infinity) && trait <= (wanted.max ?? Infinity);
}

/** Value and JSON type must be the same: the router itself tells 11 from "11" when it matches workers. */
const hasLabels = (wanted: Labels, trait: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(wanted).every(([key, value]) => Object.hasOwn(trait, key) && trait[key] === value);
