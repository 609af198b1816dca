import { expect, it } from 'vitest';
import { inParallel } from '../../../../src/jobRouter/inParallel.ts';

it('runs as many at once as it may, and keeps the results in order', async () => {
  const waiting: (() => void)[] = [];
  const begun: number[] = [];
  const results = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    await promise;
    return item * 10;
  });
  expect(begun).toEqual([1, 2]);
  // The later one ends first; its place is taken, and nobody else's.
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(waiting.length).toBeLessThanOrEqual(2);
  }
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(await results).toEqual([10, 20, 30, 40, 50]);
});
