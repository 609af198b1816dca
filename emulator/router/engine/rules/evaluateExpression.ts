/**
 * Power Fx as far as rules use it. A label that is missing is Blank: equal to nothing but another Blank, false as a
 * condition, 0 in arithmetic and comparisons of size, no text in a concatenation.
 *
 * Where we guessed: Job Router does not say how its rules treat types that do not go together. As in Power Fx at
 * large, `=` and `<>` of different types are an error, texts are compared with regard to case, and elsewhere a value
 * is taken for the type that is needed where it can be ("5" is 5, 1 is true).
 */
import type { Labels, Scalar } from '../model/values.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from './expression.ts';

/** What names in an expression stand for. */
export interface Variables {
  readonly job: Labels;
  /** In scoring only. */
  readonly worker?: Labels;
}

/** Blank is undefined. */
export type Value = Scalar | undefined;

/** Says which construct could not be evaluated; caught where a rule is evaluated and nowhere passed on. */
export class EvaluationProblem extends Error {
  override readonly name = 'EvaluationProblem';
}

export function evaluateExpression(expression: Expression, variables: Variables): Value {
  const evaluated = (part: Expression): Value => evaluateExpression(part, variables);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'label':
      return labelOf(expression.of, expression.key, variables);
    case 'comparison':
      return compare(expression.operator, evaluated(expression.left), evaluated(expression.right));
    case 'arithmetic':
      return calculate(expression.operator, evaluated(expression.left), evaluated(expression.right));
    case 'concatenation':
      return textOf(evaluated(expression.left)) + textOf(evaluated(expression.right));
    case 'and':
      return expression.operands.every((operand) => isTrue(evaluated(operand)));
    case 'or':
      return expression.operands.some((operand) => isTrue(evaluated(operand)));
    case 'not':
      return !isTrue(evaluated(expression.operand));
    case 'negative':
      return -numberOf(evaluated(expression.operand));
    case 'if': {
      const taken = expression.branches.find(({ condition }) => isTrue(evaluated(condition)));
      const result = taken ? taken.result : expression.otherwise;
      return result && evaluated(result);
    }
    default:
      return expression satisfies never;
  }
}

function labelOf(of: 'job' | 'worker', key: string, variables: Variables): Value {
  const labels = variables[of];
  if (!labels) throw new EvaluationProblem(`There is no ${of} here, so ${of}.${key} means nothing`);
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function compare(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '=':
      return isEqual(left, right);
    case '<>':
      return !isEqual(left, right);
    case '<':
      return numberOf(left) < numberOf(right);
    case '<=':
      return numberOf(left) <= numberOf(right);
    case '>':
      return numberOf(left) > numberOf(right);
    case '>=':
      return numberOf(left) >= numberOf(right);
    default:
      return operator satisfies never;
  }
}

function isEqual(left: Value, right: Value): boolean {
  if (left !== undefined && right !== undefined && typeof left !== typeof right) {
    throw new EvaluationProblem(`${shown(left)} and ${shown(right)} are of types that cannot be compared`);
  }
  return left === right;
}

function calculate(operator: ArithmeticOperator, left: Value, right: Value): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) throw new EvaluationProblem(`${shown(left)} is divided by zero`);
      return a / b;
    default:
      return operator satisfies never;
  }
}

function numberOf(value: Value): number {
  if (value === undefined) return 0;
  if (typeof value !== 'string') return Number(value);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw new EvaluationProblem(`${shown(value)} is not a number`);
  return number;
}

const textOf = (value: Value): string => (value === undefined ? '' : String(value));

function isTrue(value: Value): boolean {
  if (typeof value !== 'string') return Boolean(value);
  if (value.toLowerCase() === 'true') return true;
  if (value.toLowerCase() === 'false') return false;
  throw new EvaluationProblem(`${shown(value)} is neither true nor false`);
}

const shown = (value: Value): string => (value === undefined ? 'Blank()' : JSON.stringify(value));
