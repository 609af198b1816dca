import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { satisfiesAll } from '../../../../../emulator/router/engine/selectors.ts';
import { satisfiesAll as satisfiesAllHere } from '../../../../../src/jobRouter/labelComparison.ts';
import { contradictedLabel } from '../../../../../src/routing/checks/contradiction.ts';

type Operator = 'equal' | 'notEqual' | 'lessThan' | 'lessThanOrEqual' | 'greaterThan' | 'greaterThanOrEqual';
const on = (labelOperator: Operator, value?: string | number | boolean, key = 'Skill') => ({
  key,
  labelOperator,
  ...(value !== undefined && { value }),
});

describe('selectors', () => {
  it.each([
    ['above 10 and below 5', [on('greaterThan', 10), on('lessThan', 5)]],
    ['above 10 and below 10', [on('greaterThan', 10), on('lessThanOrEqual', 10)]],
    ['two values at once', [on('equal', 'EN'), on('equal', 'FR')]],
    ['a number that is a text', [on('equal', '10'), on('greaterThan', 9)]],
    ['a value and not it', [on('equal', 1), on('notEqual', 1)]],
    [
      'the only number between its bounds, and not it',
      [on('greaterThanOrEqual', 3), on('lessThanOrEqual', 3), on('notEqual', 3)],
    ],
    ['an order of truth values', [on('greaterThan', false)]],
    ['equality with nothing', [on('equal')]],
    ['a text before the first one', [on('lessThan', '')]],
  ])('contradict each other: %s', (_what, selectors) => {
    expect(contradictedLabel([on('equal', 1, 'Other'), ...selectors])).toBe('Skill');
  });

  it.each([
    ['between two numbers', [on('greaterThan', 1), on('lessThan', 2)]],
    ['neither of two', [on('notEqual', 1), on('notEqual', 'a')]],
    ['different labels', [on('equal', 1), on('equal', 2, 'Other')]],
    ['between two texts', [on('greaterThan', 'a'), on('lessThan', 'b')]],
    ['at a bound', [on('greaterThanOrEqual', 3), on('lessThanOrEqual', 3)]],
    ['far out', [on('greaterThan', 1e300)]],
    ['nothing asked for', []],
  ])('can be satisfied: %s', (_what, selectors) => {
    expect(contradictedLabel(selectors)).toBeUndefined();
  });
});

const operator = fc.constantFrom<Operator>(
  'equal',
  'notEqual',
  'lessThan',
  'lessThanOrEqual',
  'greaterThan',
  'greaterThanOrEqual',
);
const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('', 'a', 'a\u0000', 'b', '10'),
  fc.boolean(),
);
const selectors = fc.array(
  fc.record(
    { key: fc.constantFrom('A', 'B'), labelOperator: operator, value: scalar },
    { requiredKeys: ['key', 'labelOperator'] },
  ),
  { maxLength: 5 },
);
const labels = fc.dictionary(fc.constantFrom('A', 'B'), scalar);

it('selectors that the router’s own matcher finds satisfied never count as contradicting each other', () => {
  fc.assert(
    fc.property(selectors, labels, (asked, held) => {
      expect(satisfiesAllHere(held, asked)).toBe(
        satisfiesAll(held, asked as Parameters<typeof satisfiesAll>[1]),
      );
      if (satisfiesAllHere(held, asked)) expect(contradictedLabel(asked)).toBeUndefined();
    }),
    { seed: 20_260_302, numRuns: 2_000 },
  );
});
