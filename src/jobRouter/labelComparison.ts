/** How the router compares a label with a value: one of its six operators, and its own idea of equality: 11 is not "11". */
import type { LabelOperator } from './inputs/selectors.ts';
import type { Labels } from './wire.ts';

type Scalar = Labels[string];

/** Whether a label is as said. One that is missing is `notEqual` to everything, and nothing else (documented). */
export const labelIs: Readonly<Record<LabelOperator, (label: unknown, value: Scalar) => boolean>> = {
  equal: (label, value) => label === value,
  notEqual: (label, value) => label !== value,
  lessThan: inOrder((order) => order < 0),
  lessThanOrEqual: inOrder((order) => order <= 0),
  greaterThan: inOrder((order) => order > 0),
  greaterThanOrEqual: inOrder((order) => order >= 0),
};

/** Where we guessed: only numbers are ordered among numbers, and texts among texts; anything else has no order. */
function inOrder(isAsked: (order: number) => boolean): (label: unknown, value: Scalar) => boolean {
  return (label, value) => {
    if (typeof label === 'number' && typeof value === 'number') return isAsked(label - value);
    if (typeof label !== 'string' || typeof value !== 'string') return false;
    return isAsked(label === value ? 0 : label < value ? -1 : 1);
  };
}

/** A condition on labels. */
export interface Selector {
  readonly key: string;
  readonly labelOperator: LabelOperator;
  readonly value?: Scalar | undefined;
}

/** Whether a label satisfies a selector. Where we guessed: one without a value asks for a label that equals nothing. */
export const satisfies = (label: unknown, { labelOperator, value }: Omit<Selector, 'key'>): boolean =>
  value === undefined ? labelOperator === 'notEqual' : labelIs[labelOperator](label, value);

/** Whether the labels of a queue or a worker satisfy every selector. Keys are compared to the letter. */
export const satisfiesAll = (
  labels: Readonly<Record<string, unknown>>,
  selectors: readonly Selector[],
): boolean =>
  selectors.every((selector) =>
    satisfies(Object.hasOwn(labels, selector.key) ? labels[selector.key] : undefined, selector),
  );
