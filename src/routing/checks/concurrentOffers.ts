import { membersOf } from '../compare/shape.ts';
import type { Flaw } from './checkDocument.ts';
import type { Everything } from './everything.ts';

/** Distribution policies that want more open offers for a job than they allow. Either number is 1 where it is absent. */
export const concurrentOffers = ({ declared, of }: Everything): readonly Flaw[] =>
  declared.flatMap(({ kind, id, path }) => {
    if (kind !== 'distributionPolicies') return [];
    const { minConcurrentOffers = 1, maxConcurrentOffers = 1 } = membersOf(of(kind).get(id)?.mode);
    if (!(Number(minConcurrentOffers) > Number(maxConcurrentOffers))) return [];
    const expected = `expected at most maxConcurrentOffers, ${Number(maxConcurrentOffers)}: no more offers are open at once`;
    return [{ path: [...path, 'mode', 'minConcurrentOffers'], expected, about: [{ kind, id }] }];
  });
