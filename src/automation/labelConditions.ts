/** Conditions on labels, with the router's own six operators and its own idea of equality: 11 is not "11". */
import * as z from 'zod';
import { labelIs } from '../jobRouter/labelComparison.ts';
import { scalar } from '../jobRouter/wire.ts';

const comparison = z
  .strictObject({
    equal: scalar.optional(),
    notEqual: scalar.optional(),
    lessThan: scalar.optional(),
    lessThanOrEqual: scalar.optional(),
    greaterThan: scalar.optional(),
    greaterThanOrEqual: scalar.optional(),
  })
  .refine((operators) => Object.values(operators).some((value) => value !== undefined), {
    error: 'expected at least one operator',
  });
type Operator = keyof z.infer<typeof comparison>;

/** By label: a value it has to equal, or one or more comparisons that must all hold. */
export const labelConditions = z.record(
  z.string().min(1),
  z.union([scalar, comparison], {
    error: `expected a string, a number, a boolean, or at least one of ${Object.keys(comparison.shape).join(', ')}`,
  }),
);
export type LabelConditions = z.infer<typeof labelConditions>;

/** Whether every condition holds. Keys are compared to the letter. */
export const meetsLabels = (
  conditions: LabelConditions,
  labels: Readonly<Record<string, unknown>>,
): boolean =>
  Object.entries(conditions).every(([key, condition]) => {
    const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
    const comparisons = typeof condition === 'object' ? condition : { equal: condition };
    return operators.every((operator) => {
      const value = comparisons[operator];
      return value === undefined || labelIs[operator](label, value);
    });
  });

const operators = Object.keys(comparison.shape) as Operator[];
