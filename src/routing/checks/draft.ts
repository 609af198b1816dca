import { resourceKinds } from '../../jobRouter/resources.ts';
import { entriesOf, isObject, membersOf } from '../compare/shape.ts';
import type { Checkable } from './checkDocument.ts';

/**
 * A document that does not read, as far as it can be checked all the same: what it refers to may be missing beside what
 * is misspelt. Every entry keeps its place; one that is no resource is one without content.
 */
export function draftOf(value: unknown): Checkable {
  const { automation, ...root } = membersOf(value);
  const lists = resourceKinds.map((kind) => [
    kind,
    entriesOf(root[kind]).map((entry) => {
      const { id, ...content } = membersOf(entry);
      return isObject(entry) && typeof id === 'string' ? { ...content, id } : { ...content, id: '' };
    }),
  ]);
  return { ...Object.fromEntries(lists), automation };
}
