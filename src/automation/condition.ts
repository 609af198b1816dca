/** Holds the facts against one rule's `when`, member by member. */
import type { Labels } from '../jobRouter/wire.ts';
import type { FactName, Facts } from './facts.ts';
import type { Condition } from './rules.ts';

/** `untold`: the fact this member looks at is not known, so it can be neither. */
export type Verdict = 'met' | 'unmet' | 'untold';

/** The verdict on every member that the condition has. A condition without members is met by anything. */
export function weigh(when: Condition, facts: Facts): ReadonlyMap<FactName, Verdict> {
  const { channel, queue, priority, jobLabels, workerLabels } = when;
  const verdicts = new Map<FactName, Verdict>();
  const note = <Name extends FactName>(name: Name, isMetBy: (fact: NonNullable<Facts[Name]>) => boolean) => {
    const fact = facts[name];
    verdicts.set(name, fact === undefined || fact === null ? 'untold' : isMetBy(fact) ? 'met' : 'unmet');
  };
  if (channel !== undefined) note('channel', (fact) => isOneOf(channel, fact));
  if (queue !== undefined) note('queue', (fact) => isOneOf(queue, fact));
  if (priority !== undefined) note('priority', (fact) => isWithin(priority, fact));
  if (jobLabels !== undefined) note('jobLabels', (fact) => hasLabels(jobLabels, fact));
  if (workerLabels !== undefined) note('workerLabels', (fact) => hasLabels(workerLabels, fact));
  return verdicts;
}

const isOneOf = (wanted: string | readonly string[], fact: string): boolean => [wanted].flat().includes(fact);

function isWithin(wanted: NonNullable<Condition['priority']>, fact: number): boolean {
  if (typeof wanted === 'number') return fact === wanted;
  return fact >= (wanted.min ?? -Infinity) && fact <= (wanted.max ?? Infinity);
}

/** Value and JSON type must be the same: the router itself tells 11 from "11" when it matches workers. */
const hasLabels = (wanted: Labels, fact: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(wanted).every(([key, value]) => Object.hasOwn(fact, key) && fact[key] === value);
