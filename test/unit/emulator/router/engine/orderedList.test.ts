import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedList } from '../../../../../emulator/router/engine/orderedList.ts';

const listOf = (numbers: readonly number[]) => {
  const list = new OrderedList<number>((a, b) => a < b);
  for (const number of numbers) list.add(number);
  return list;
};

const ascending = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

describe('an ordered list', () => {
  it('keeps what was added in order, across many runs', () => {
    const numbers = Array.from({ length: 5_000 }, (_, index) => (index * 2_654_435_761) % 100_003);
    expect([...listOf(numbers)]).toEqual(ascending(numbers));
  });

  it('stays in order whatever is added and removed', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(600)), { maxLength: 1_500, size: 'max' });
    fc.assert(
      fc.property(steps, (all) => {
        const expected = new Set<number>();
        const list = listOf([]);
        for (const [adds, number] of all) {
          if (!adds) {
            list.remove(number);
            expected.delete(number);
          } else if (!expected.has(number)) {
            list.add(number);
            expected.add(number);
          }
        }
        expect([...list]).toEqual(ascending(expected));
        expect(list.first()).toBe(ascending(expected)[0]);
        expect(list.length).toBe(expected.size);
      }),
      { seed: 20260302, numRuns: 40 },
    );
  });

  it.each([
    ['a member', 20, [30, 10, 20]],
    ['the last member', 30, [10, 20, 30]],
    ['a place between members', 15, [20, 30, 10]],
    ['a place behind all', 99, [10, 20, 30]],
    ['a place before all', 1, [10, 20, 30]],
  ])('goes round once, starting after %s', (_, start, expected) => {
    expect([...listOf([30, 10, 20]).startingAfter(start)]).toEqual(expected);
  });

  it('knows the rank of each member, and who has a rank, across many runs', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => (index * 2_654_435_761) % 100_003);
    const list = listOf(numbers);
    ascending(numbers).forEach((number, rank) => {
      expect(list.rankOf(number)).toBe(rank);
      expect(list.at(rank)).toBe(number);
    });
    expect(list.at(2_000)).toBeUndefined();
  });
});
