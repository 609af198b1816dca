/**
 * Reads the text of an expression rule: the part of Power Fx that the documentation of Job Router uses. Whatever is
 * outside of it is a problem that names the construct, never a guess at what it might mean.
 */
import type jsep from 'jsep';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  ParsedExpression,
} from '../engine/rules/expression.ts';
import { type Node, parsePowerFx } from './powerFxGrammar.ts';
import { type Unquoted, unquote, unquotedProblem } from './quoted.ts';

/** A construct that is not supported; caught below and nowhere passed on. */
class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

const REMEMBERED = 1000;
const parsed = new Map<string, ParsedExpression>();

/** The same few rules are read for every job, so what came of a text is remembered. */
export function parseExpression(text: string): ParsedExpression {
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size >= REMEMBERED) parsed.clear();
  const result = parse(text);
  parsed.set(text, result);
  return result;
}

function parse(source: string): ParsedExpression {
  const problem = unquotedProblem(source);
  if (problem) return { ok: false, problem: `${problem}: ${source}` };
  const unquoted = unquote(source);
  try {
    return { ok: true, expression: treeOf(parsePowerFx(unquoted.text), unquoted) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, problem: `${messageOf(error, unquoted)}: ${source}` };
  }
}

/** The parser's own messages end with a place in a text that nobody wrote, and name what stands for a quote. */
function messageOf(error: Error, { texts, names }: Unquoted): string {
  if (error instanceof RangeError) return 'The expression is nested too deeply';
  if (error instanceof Unsupported) return error.message;
  return error.message
    .replace(/ at character \d+$/, '')
    .replaceAll(/\$text\d+/g, (name) => JSON.stringify(texts.get(name) ?? ''))
    .replaceAll(/\$name\d+/g, (name) => `'${names.get(name) ?? ''}'`);
}

function treeOf(node: Node, quotes: Unquoted): Expression {
  // The parser types its nodes loosely; these are all the kinds it documents.
  const known = node as jsep.CoreExpression;
  const tree = (part: Node): Expression => treeOf(part, quotes);
  switch (known.type) {
    case 'Literal':
      if (typeof known.value === 'number' || typeof known.value === 'boolean') {
        return { kind: 'literal', value: known.value };
      }
      throw new Unsupported(`The literal ${known.raw} is not supported`);
    case 'Identifier':
      return identifier(known.name, quotes);
    case 'MemberExpression':
      return label(known, quotes);
    case 'UnaryExpression':
      return { kind: known.operator === '-' ? 'negative' : 'not', operand: tree(known.argument) };
    case 'BinaryExpression':
      return binary(known.operator, tree(known.left), tree(known.right));
    case 'CallExpression':
      return call(nameOf(known.callee), known.arguments.map(tree));
    case 'ArrayExpression':
      throw new Unsupported('A table in brackets is not supported');
    case 'ConditionalExpression':
      throw new Unsupported('The operator ?: is not supported; Power Fx has If');
    case 'Compound':
    case 'SequenceExpression':
      throw new Unsupported('More than one expression stands where one is expected');
    default:
      throw new Unsupported(`The construct ${known.type} is not supported`);
  }
}

function identifier(name: string, { texts, names }: Unquoted): Expression {
  const text = texts.get(name);
  if (text !== undefined) return { kind: 'literal', value: text };
  throw new Unsupported(`The name ${names.get(name) ?? name} is not supported; labels are read as job.Label`);
}

function label(
  { object, property, computed, optional }: jsep.MemberExpression,
  quotes: Unquoted,
): Expression {
  const of = nameOf(object);
  if (computed) throw new Unsupported(`${of}[...] is not supported; Power Fx reads ${of}.'Some-Label'`);
  if (of !== 'job' && of !== 'worker') throw new Unsupported(`The member of ${of} is not supported`);
  if (optional) throw new Unsupported('The operator ?. is not supported');
  const name = nameOf(property);
  if (quotes.texts.has(name)) throw new Unsupported(`A label's name is quoted as ${of}.'Some-Label'`);
  return { kind: 'label', of, key: quotes.names.get(name) ?? name };
}

const nameOf = (node: Node): string =>
  node.type === 'Identifier' && typeof node.name === 'string' ? node.name : 'an expression';

const COMPARISONS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='] satisfies ComparisonOperator[];
const ARITHMETIC: readonly string[] = ['+', '-', '*', '/'] satisfies ArithmeticOperator[];
const isComparison = (operator: string): operator is ComparisonOperator => COMPARISONS.includes(operator);
const isArithmetic = (operator: string): operator is ArithmeticOperator => ARITHMETIC.includes(operator);

const MEANT: Readonly<Record<string, string>> = { '==': '=', '!=': '<>' };

function binary(operator: string, left: Expression, right: Expression): Expression {
  if (isComparison(operator)) return { kind: 'comparison', operator, left, right };
  if (isArithmetic(operator)) return { kind: 'arithmetic', operator, left, right };
  if (operator === '&') return { kind: 'concatenation', left, right };
  if (operator === '&&' || operator === 'And') return { kind: 'and', operands: [left, right] };
  if (operator === '||' || operator === 'Or') return { kind: 'or', operands: [left, right] };
  const meant = MEANT[operator];
  throw new Unsupported(
    `The operator ${operator} is not supported${meant ? `; Power Fx has ${meant} instead` : ''}`,
  );
}

function call(name: string, operands: readonly Expression[]): Expression {
  if (name === 'If') return condition(operands);
  if ((name === 'And' || name === 'Or') && operands.length > 0) {
    return { kind: name === 'And' ? 'and' : 'or', operands };
  }
  throw new Unsupported(`The function ${name} is not supported`);
}

/** Power Fx takes any number of pairs of condition and result, and maybe a last result for all other cases. */
function condition(operands: readonly Expression[]): Expression {
  if (operands.length < 2) throw new Unsupported('If needs a condition and a result');
  const branches = [];
  for (let index = 0; index + 1 < operands.length; index += 2) {
    const [test, result] = operands.slice(index, index + 2);
    if (test && result) branches.push({ condition: test, result });
  }
  const otherwise = operands.length % 2 === 1 ? operands.at(-1) : undefined;
  return { kind: 'if', branches, ...(otherwise && { otherwise }) };
}
