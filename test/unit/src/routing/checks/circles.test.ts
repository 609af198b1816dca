/** Circles held against the plain definition: a queue that is reached from itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { circles } from '../../../../../src/routing/checks/circles.ts';
import { everythingOf } from '../../../../../src/routing/checks/everything.ts';

const COUNT = 5;
const queue = fc.nat({ max: COUNT - 1 });
/** Where the exceptions of each queue move its jobs. */
const graphs = fc.array(fc.uniqueArray(queue, { maxLength: 2 }), { minLength: COUNT, maxLength: COUNT });

function reachableFrom(start: number, graph: readonly (readonly number[])[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const left = [start];
  for (let from = left.pop(); from !== undefined; from = left.pop()) {
    for (const to of graph[from] ?? []) {
      // A queue that an exception leaves a job in is no way.
      if (to === from || reached.has(to)) continue;
      reached.add(to);
      left.push(to);
    }
  }
  return reached;
}

it('are found where there are any, and every step of one leads to the next', () => {
  let withCircles = 0;
  fc.assert(
    fc.property(graphs, (graph) => {
      const everything = everythingOf({
        exceptionPolicies: graph.map((targets, id) => ({
          id: `e${id}`,
          exceptionRules: targets.map((to) => ({
            id: `r${to}`,
            actions: [{ kind: 'manualReclassify', queueId: `q${to}` }],
          })),
        })),
        queues: graph.map((_, id) => ({ id: `q${id}`, exceptionPolicyId: `e${id}` })),
      });
      const found = circles(everything);
      const isCircular = graph.some((_, id) => reachableFrom(id, graph).has(id));
      expect(found.length > 0).toBe(isCircular);
      if (isCircular) withCircles += 1;
      for (const { about } of found) {
        const round = about.filter(({ kind }) => kind === 'queues').map(({ id }) => Number(id.slice(1)));
        for (const [index, from] of round.entries()) {
          expect(graph[from]).toContain(round[(index + 1) % round.length]);
        }
      }
    }),
    { seed: 20_260_302, numRuns: 500 },
  );
  expect(withCircles).toBeGreaterThan(50);
});
