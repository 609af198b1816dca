import type { ParsedExpression } from '../engine/rules/expression.ts';

export const parseExpression = (text: string): ParsedExpression => ({
  ok: false,
  problem: `The expression ${text} is not supported`,
});
