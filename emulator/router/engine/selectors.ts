import type { LabelOperator, QueueSelector, WorkerSelector } from './model/selectors.ts';
import type { Json, Labels, Scalar } from './model/values.ts';

/** Those that still count; one that expired is only shown. */
export const activeOnes = (selectors: readonly WorkerSelector[]): readonly WorkerSelector[] =>
  selectors.every(isActive) ? selectors : selectors.filter(isActive);

const isActive = ({ status }: WorkerSelector): boolean => status === 'active';

/** True when every selector holds for the labels of a worker or a queue. */
export const satisfiesAll = (labels: Labels, selectors: readonly QueueSelector[]): boolean =>
  selectors.every((selector) => satisfies(labelOf(labels, selector.key), selector));

/** Every object inherits members, and none of them is a label: `constructor`, `__proto__`. */
export const labelOf = (labels: Labels, key: string): Scalar | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

/**
 * A missing label satisfies `notEqual` only (documented). Where we guessed: so does a selector without a value that
 * labels could have.
 */
export function satisfies(
  label: Scalar | undefined,
  { labelOperator, value }: Pick<QueueSelector, 'labelOperator' | 'value'>,
): boolean {
  if (label === undefined || !isScalar(value)) return labelOperator === 'notEqual';
  return compares[labelOperator](label, value);
}

export const isScalar = (value: Json | undefined): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

type Comparison = (label: Scalar, value: Scalar) => boolean;

// Where we guessed: values of different types are simply not equal ("10" is not 10), and have no order. Neither have
// booleans; texts compare by code unit.
const inOrder =
  (holds: (difference: number) => boolean): Comparison =>
  (label, value) => {
    if (typeof label === 'number' && typeof value === 'number') return holds(label - value);
    if (typeof label === 'string' && typeof value === 'string') return holds(textOrder(label, value));
    return false;
  };

const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

export const LABEL_OPERATORS = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanOrEqual',
  'greaterThan',
  'greaterThanOrEqual',
] as const satisfies readonly LabelOperator[];

const compares: Record<LabelOperator, Comparison> = {
  equal: (label, value) => label === value,
  notEqual: (label, value) => label !== value,
  lessThan: inOrder((difference) => difference < 0),
  lessThanOrEqual: inOrder((difference) => difference <= 0),
  greaterThan: inOrder((difference) => difference > 0),
  greaterThanOrEqual: inOrder((difference) => difference >= 0),
};

/** What a worker must offer to serve a job. Jobs with the same key can be served by the same workers. */
export interface Signature {
  readonly key: string;
  readonly channelId: string;
  readonly selectors: readonly WorkerSelector[];
}

export function signatureOf(channelId: string, selectors: readonly WorkerSelector[]): Signature {
  const conditions = selectors.map(conditionText).sort();
  return {
    key: conditions.reduce((key, condition) => key + condition, sized(channelId)),
    channelId,
    selectors,
  };
}

const conditionText = ({ key, labelOperator, value }: WorkerSelector): string =>
  labelOperator + sized(key) + sized(`${typeof value}${value}`);

/** With its length in front no text can be taken for two, as in JSON, which costs more to write. */
const sized = (text: string): string => `${text.length}:${text}`;
