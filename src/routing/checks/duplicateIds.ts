import { dottedPath } from '../../input/inputProblems.ts';
import { resourceKinds } from '../../jobRouter/resources.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import type { Finding } from '../document/problem.ts';

/**
 * Ids that stand more than once among the resources of a kind, rules that share one within their exception policy, and
 * queues that a worker names again, of which the router keeps one. Looks at the document as it was written, however wrong
 * it is otherwise.
 */
export function duplicateIds(document: unknown): readonly Finding[] {
  const root = membersOf(document);
  return [
    ...resourceKinds.flatMap((kind) => repeated(root[kind], [kind])),
    ...entriesOf(root.exceptionPolicies).flatMap((policy, index) =>
      repeated(membersOf(policy).exceptionRules, ['exceptionPolicies', index, 'exceptionRules']),
    ),
    ...entriesOf(root.workers).flatMap((worker, index) =>
      namedAgain(entriesOf(membersOf(worker).queues), ['workers', index, 'queues']),
    ),
  ];
}

const namedAgain = (names: readonly unknown[], path: readonly PropertyKey[]): readonly Finding[] =>
  names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [{ path: [...path, index], expected: 'expected each queue once' }]
      : [],
  );

function repeated(list: unknown, path: readonly PropertyKey[]): readonly Finding[] {
  const firstPlaces = new Map<unknown, number>();
  return entriesOf(list).flatMap((entry, index) => {
    const { id } = membersOf(entry);
    if (typeof id !== 'string') return [];
    const first = firstPlaces.get(id);
    if (first === undefined) {
      firstPlaces.set(id, index);
      return [];
    }
    return [
      {
        path: [...path, index, 'id'],
        expected: `expected an id that is not there already; ${dottedPath([...path, first])} has it`,
      },
    ];
  });
}
