import { type Verdict, weigh } from './condition.ts';
import type { JobTraits, TraitName } from './jobTraits.ts';
import type { AutomationRule } from './rules.ts';

/** The first rule switched on whose `when` is met in every member. A trait that nobody told meets nothing. */
export function matchRule(rules: readonly AutomationRule[], traits: JobTraits): AutomationRule | undefined {
  return rules.find(({ enabled, when }) => enabled && weigh(when, traits).values().every(isMet));
}

/**
 * The unknown traits on which it depends which rule comes first: those of every rule not yet ruled out, up to
 * the first that is met for certain. Empty when the choice is already certain, so that no question is asked
 * of the router for nothing.
 */
export function traitsToMatch(rules: readonly AutomationRule[], traits: JobTraits): ReadonlySet<TraitName> {
  const missing = new Set<TraitName>();
  for (const { enabled, when } of rules) {
    if (!enabled) continue;
    const verdicts = weigh(when, traits);
    if (verdicts.values().some((verdict) => verdict === 'unmet')) continue;
    if (verdicts.values().every(isMet)) break;
    for (const [name, verdict] of verdicts) if (verdict === 'unknown') missing.add(name);
  }
  return missing;
}

const isMet = (verdict: Verdict): boolean => verdict === 'met';
