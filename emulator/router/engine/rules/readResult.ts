/** What the results of rules mean where a condition, a priority or selectors are wanted. */
import type { LabelOperator, QueueSelector } from '../model/selectors.ts';
import type { Json } from '../model/values.ts';
import { isScalar, LABEL_OPERATORS } from '../selectors.ts';

/**
 * Where we guessed: a condition holds unless it gives false, 0, Blank or one of the texts "false" and "". So a
 * directMap, which gives the job's labels, always holds.
 */
export const isMet = (value: Json | undefined): boolean =>
  typeof value === 'string' ? value !== '' && value.toLowerCase() !== 'false' : Boolean(value);

/** A number; a published example writes it as a text. */
export function priorityFrom(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** A selector as a rule's answer may have it; the members beyond a queue selector's are for workers. */
export interface AnsweredSelector extends QueueSelector {
  readonly expiresAfterSeconds?: number;
  readonly expedite?: boolean;
}

/**
 * Where we guessed: the answer is an array of selectors as REST writes them, operators in any case; an object of
 * plain values, such as a directMap's labels, asks for each of them to be equal.
 */
export function selectorsFrom(value: Json | undefined): readonly AnsweredSelector[] | undefined {
  if (Array.isArray(value)) {
    const selectors = value.map(selectorFrom);
    return selectors.every((selector) => selector !== undefined) ? selectors : undefined;
  }
  if (!isObject(value)) return undefined;
  return Object.entries(value).flatMap(([key, wanted]) =>
    isScalar(wanted) ? [{ key, labelOperator: 'equal' as const, value: wanted }] : [],
  );
}

function selectorFrom(value: Json): AnsweredSelector | undefined {
  if (!isObject(value) || typeof value.key !== 'string') return undefined;
  const labelOperator = operatorFrom(value.labelOperator);
  if (!labelOperator) return undefined;
  const { key, value: wanted, expiresAfterSeconds, expedite } = value;
  return {
    key,
    labelOperator,
    ...(isScalar(wanted) && { value: wanted }),
    ...(typeof expiresAfterSeconds === 'number' && { expiresAfterSeconds }),
    ...(typeof expedite === 'boolean' && { expedite }),
  };
}

const operatorFrom = (text: Json | undefined): LabelOperator | undefined =>
  typeof text === 'string'
    ? LABEL_OPERATORS.find((operator) => operator.toLowerCase() === text.toLowerCase())
    : undefined;

const isObject = (value: Json | undefined): value is { readonly [member: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
