import jsep from 'jsep';

/** Operators by how tightly they bind, as Power Fx publishes them. */
const OPERATORS: Readonly<Record<string, number>> = {
  '||': 1,
  Or: 1,
  '&&': 2,
  And: 2,
  // Not part of the subset, and therefore refused by name later.
  in: 3,
  exactin: 3,
  '==': 4,
  '!=': 4,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '&': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '^': 8,
};

jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
jsep.removeAllLiterals();
for (const [operator, precedence] of Object.entries(OPERATORS)) jsep.addBinaryOp(operator, precedence);
for (const operator of ['-', '!', 'Not']) jsep.addUnaryOp(operator);
jsep.addLiteral('true', true);
jsep.addLiteral('false', false);

export type Node = jsep.Expression;

/** The tree of a text without quotes. Throws where the text is not an expression at all. */
export const parsePowerFx = (text: string): Node => jsep(text);
