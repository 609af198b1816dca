import type { OutsideOutcome } from '../commands.ts';
import type { EnginePorts } from '../engine.ts';
import type { OutsideRule, RouterRule } from '../model/rules.ts';
import type { Json } from '../model/values.ts';
import { EvaluationProblem, evaluateExpression, type Variables } from './evaluateExpression.ts';

/** What a rule gives: any JSON value, or undefined for Blank. */
export type RuleResult =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly problem: string };

/** Functions and webhooks are not evaluated here: their answers come from outside. */
export const isOutside = (rule: RouterRule): rule is OutsideRule =>
  rule.kind === 'function' || rule.kind === 'webhook';

export const resultOf = (outcome: OutsideOutcome): RuleResult =>
  outcome.kind === 'answered' ? { ok: true, value: outcome.value } : { ok: false, problem: outcome.message };

export function evaluateRule(
  rule: Exclude<RouterRule, OutsideRule>,
  variables: Variables,
  { parseExpression }: Pick<EnginePorts, 'parseExpression'>,
): RuleResult {
  switch (rule.kind) {
    case 'static':
      return { ok: true, value: rule.value };
    case 'directMap':
      return { ok: true, value: variables.job };
    case 'expression': {
      const parsed = parseExpression(rule.expression);
      if (!parsed.ok) return parsed;
      return attempt(() => evaluateExpression(parsed.expression, variables));
    }
    default:
      return rule satisfies never;
  }
}

function attempt(evaluate: () => Json | undefined): RuleResult {
  try {
    return { ok: true, value: evaluate() };
  } catch (error) {
    if (error instanceof EvaluationProblem) return { ok: false, problem: error.message };
    throw error;
  }
}
