/**
 * What a document wants to be otherwise. Only what it names counts: members of the resource, and of the objects that a
 * merge patch merges. Entries of lists count whole, since a patch replaces lists.
 */
import { type FieldChange, type Path, REDACTED } from '../model.ts';
import { means, textOf } from './normal.ts';
import { entriesOf, isObject, memberShape, membersOf, type Shape } from './shape.ts';
import { type Hide, tidied } from './tidied.ts';

interface Place {
  readonly path: Path;
  /** Within a list: what is not named has its default there. */
  readonly isWhole: boolean;
}

/** @param hide is asked what to show of every text. */
export const differences = (declared: unknown, live: unknown, shape: Shape, hide: Hide): FieldChange[] =>
  between(declared, live, shape, { path: [], isWhole: false }, hide);

function between(declared: unknown, live: unknown, shape: Shape, place: Place, hide: Hide): FieldChange[] {
  switch (shape.is) {
    case 'notCompared':
      return [];
    case 'value':
      return means(declared, live, shape) ? [] : [changeOf(live, declared, shape, place.path, hide)];
    case 'map':
      return betweenMaps(declared, live, shape, place.path, hide);
    case 'list':
      return betweenLists(declared, live, shape, place.path, hide);
    case 'object': {
      if (declared === null) {
        return means(undefined, live, shape) ? [] : [changeOf(live, undefined, shape, place.path, hide)];
      }
      const [wanted, held] = [membersOf(declared), membersOf(live)];
      const names = new Set([...Object.keys(wanted), ...(place.isWhole ? Object.keys(held) : [])]);
      return [...names]
        .filter((name) => place.isWhole || wanted[name] !== undefined)
        .flatMap((name) => {
          const at = { ...place, path: [...place.path, name] };
          return between(wanted[name], held[name], memberShape(shape.members, name), at, hide);
        });
    }
  }
}

function betweenMaps(
  declared: unknown,
  live: unknown,
  shape: Shape & { is: 'map' },
  path: Path,
  hide: Hide,
): FieldChange[] {
  const held = membersOf(live);
  // Null empties the map.
  const wanted = declared === null ? nulls(Object.keys(held)) : membersOf(declared);
  return Object.entries(wanted)
    .filter(([key, value]) => key !== shape.automatic && !means(value, held[key], plainValue))
    .map(([key, value]) => changeOf(held[key], value, plainValue, [...path, key], hide));
}

const plainValue: Shape = { is: 'value' };

const nulls = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, null]));

interface Pair {
  readonly declared?: { readonly entry: unknown; readonly index: number };
  readonly live?: { readonly entry: unknown; readonly index: number };
}

function betweenLists(
  declared: unknown,
  live: unknown,
  shape: Shape & { is: 'list' },
  path: Path,
  hide: Hide,
): FieldChange[] {
  return pairs(entriesOf(declared), entriesOf(live), shape).flatMap((pair) => {
    const at = [...path, pair.declared?.index ?? pair.live?.index ?? 0];
    if (pair.declared && pair.live && isObject(pair.declared.entry) && isObject(pair.live.entry)) {
      return between(pair.declared.entry, pair.live.entry, shape.item, { path: at, isWhole: true }, hide);
    }
    if (!pair.declared && shape.mayHoldMore) return [];
    return [entryChange(pair, shape.item, at, hide)];
  });
}

const entryChange = ({ declared, live }: Pair, shape: Shape, path: Path, hide: Hide): FieldChange => ({
  path,
  ...(live && { before: tidied(live.entry, shape, hide, path, true) }),
  ...(declared && { after: tidied(declared.entry, shape, hide, path, true) }),
});

/** Which entries are to become which; equal ones are left out. */
function pairs(
  declared: readonly unknown[],
  live: readonly unknown[],
  shape: Shape & { is: 'list' },
): Pair[] {
  const { keyOf, item } = shape;
  const wanted = declared.map((entry, index) => ({ entry, index }));
  const held = live.map((entry, index) => ({ entry, index }));
  if (!keyOf) {
    const length = Math.max(wanted.length, held.length);
    return Array.from({ length }, (_, index) => pairOf(wanted[index], held[index])).filter(
      ({ declared: one, live: other }) => !one || !other || !means(one.entry, other.entry, item),
    );
  }
  const left = without(wanted, held, ({ entry }) => textOf(entry, item));
  const paired = without(left.wanted, left.held, ({ entry }) => keyOf(entry));
  return [
    ...paired.pairs,
    ...paired.wanted.map((one) => pairOf(one, undefined)),
    ...paired.held.map((other) => pairOf(undefined, other)),
  ];
}

const pairOf = (declared: Pair['declared'] | undefined, live: Pair['live'] | undefined): Pair => ({
  ...(declared && { declared }),
  ...(live && { live }),
});

type Entry = NonNullable<Pair['declared']>;

/** Takes out those that have a partner with the same text, each partner once. */
function without(wanted: readonly Entry[], held: readonly Entry[], text: (entry: Entry) => string) {
  const waiting = Map.groupBy(held, text);
  const found: Pair[] = [];
  const leftOver = wanted.filter((one) => {
    const partner = waiting.get(text(one))?.shift();
    if (partner) found.push({ declared: one, live: partner });
    return !partner;
  });
  return { pairs: found, wanted: leftOver, held: [...waiting.values()].flat() };
}

function changeOf(live: unknown, declared: unknown, shape: Shape, path: Path, hide: Hide): FieldChange {
  const before = isThere(live) && tidied(live, shape, hide, path);
  const after = isThere(declared) && tidied(declared, shape, hide, path);
  // Where the new value is a secret, so was the one before it.
  return {
    path,
    ...(isThere(live) && { before: after === REDACTED ? REDACTED : before }),
    ...(isThere(declared) && { after }),
  };
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

/** All that a creation declares, as far down as a merge patch goes. */
export function declaredFields(declared: unknown, shape: Shape, hide: Hide, path: Path = []): FieldChange[] {
  if (declared === undefined || declared === null) return [];
  if (shape.is === 'object' && isObject(declared)) {
    return Object.entries(declared).flatMap(([name, member]) =>
      declaredFields(member, memberShape(shape.members, name), hide, [...path, name]),
    );
  }
  if (shape.is === 'map' && isObject(declared)) {
    return Object.entries(declared)
      .filter(([key, value]) => key !== shape.automatic && value !== null)
      .map(([key, value]) => changeOf(undefined, value, plainValue, [...path, key], hide));
  }
  const whole: Shape = shape.is === 'notCompared' ? plainValue : shape;
  return [changeOf(undefined, declared, whole, path, hide)];
}
