import { type Verdict, weigh } from './condition.ts';
import type { FactName, Facts } from './facts.ts';
import type { AutomationRule } from './rules.ts';

/** The first rule whose `when` is met in every member. A fact that nobody told meets nothing. */
export function matchRule(rules: readonly AutomationRule[], facts: Facts): AutomationRule | undefined {
  return rules.find(({ when }) => weigh(when, facts).values().every(isMet));
}

/**
 * The untold facts on which it depends which rule comes first: those of every rule not yet ruled out, up to
 * the first that is met for certain. Empty when the choice is already certain, so that no question is asked
 * of the router for nothing.
 */
export function missingFacts(rules: readonly AutomationRule[], facts: Facts): ReadonlySet<FactName> {
  const missing = new Set<FactName>();
  for (const { when } of rules) {
    const verdicts = weigh(when, facts);
    if (verdicts.values().some((verdict) => verdict === 'unmet')) continue;
    if (verdicts.values().every(isMet)) break;
    for (const [name, verdict] of verdicts) if (verdict === 'untold') missing.add(name);
  }
  return missing;
}

const isMet = (verdict: Verdict): boolean => verdict === 'met';
