/** Conditions on labels, with the router's own six operators and its own idea of equality: 11 is not "11". */
import * as z from 'zod';
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
  .refine((operators) => Object.keys(operators).length > 0, { error: 'expected at least one operator' });

/** By label: a value it has to equal, or one or more comparisons that must all hold. */
export const labelConditions = z.record(z.string().min(1), z.union([scalar, comparison]));
export type LabelConditions = z.infer<typeof labelConditions>;
