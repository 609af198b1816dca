import { entriesOf, membersOf } from '../compare/shape.ts';
import { outsideReferences } from '../declared.ts';
import type { Finding } from '../document/problem.ts';
import type { Kind, Live } from '../model.ts';
import type { Checkable } from './checkDocument.ts';

/** Names in a document that lead to nothing, neither in it nor on the router. */
export function danglingReferences(document: Checkable, live: Live): readonly Finding[] {
  return [...outsideReferences(document), ...fallbackQueues(document)]
    .filter(({ kind, id }) => !live.resources[kind].has(id))
    .map(({ path, kind }) => ({
      path,
      expected: `expected an id from ${kind} of this document or of the router`,
    }));
}

/** The rules of the app name queues, too: those where jobs go whose classification fails. */
function fallbackQueues({ queues = [], automation }: Checkable) {
  const declared = new Set(queues.map(({ id }) => id));
  return entriesOf(membersOf(automation).rules).flatMap((rule, index) => {
    const { fallbackQueue: id } = membersOf(membersOf(rule).rescue);
    if (typeof id !== 'string' || declared.has(id)) return [];
    return [{ path: ['automation', 'rules', index, 'rescue', 'fallbackQueue'], kind: 'queues' as Kind, id }];
  });
}
