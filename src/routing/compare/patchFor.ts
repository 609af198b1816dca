import type { Content, FieldChange } from '../model.ts';
import { means } from './normal.ts';
import { entriesOf, memberShape, membersOf, type Shape } from './shape.ts';

/** The merge patch that makes what is held into what is declared: the members that change, and no others. */
export function patchFor(
  declared: Content,
  held: Content,
  changes: readonly FieldChange[],
  shape: Shape,
): Content {
  const changed = new Set(changes.map(({ path: [member] }) => String(member)));
  const members = shape.is === 'object' ? shape.members : {};
  const patch = Object.entries(declared)
    .filter(([name]) => changed.has(name))
    .map(([name, wanted]) => [name, patchOf(wanted, held[name], memberShape(members, name))]);
  return Object.fromEntries(patch);
}

function patchOf(wanted: unknown, held: unknown, shape: Shape): unknown {
  // Null for a whole map would take the owner's mark with it.
  if (shape.is === 'map' && wanted === null) {
    const keys = Object.keys(membersOf(held)).filter((key) => key !== shape.automatic);
    return Object.fromEntries(keys.map((key) => [key, null]));
  }
  if (shape.is === 'list' && shape.mayHoldMore) {
    const others = entriesOf(held).filter(
      (entry) => !entriesOf(wanted).some((one) => means(one, entry, shape.item)),
    );
    return [...others, ...entriesOf(wanted)];
  }
  return wanted;
}
