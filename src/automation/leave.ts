import type { Ignore } from './decision.ts';
import type { AutomationRule } from './rules.ts';

/** A rule that matches and wants nothing done about it. */
export const leave = ({ name }: AutomationRule, what: string): Ignore => ({
  kind: 'Ignore',
  rule: name,
  reason: `rule "${name}" ${what}`,
});
