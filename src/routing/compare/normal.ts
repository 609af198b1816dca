import { entriesOf, isObject, memberShape, membersOf, type Shape } from './shape.ts';

/**
 * A value with everything in it that the service would fill in, without what the service decides, and in one order: two
 * values that mean the same become equal, and so do their texts.
 */
export function normal(value: unknown, shape: Shape): unknown {
  switch (shape.is) {
    case 'value': {
      const { fallback, normal: spelling } = shape;
      const given = value ?? fallback;
      return sorted(spelling && given !== undefined ? spelling(given) : given);
    }
    case 'object': {
      const held = membersOf(value);
      const names = [...new Set([...Object.keys(shape.members), ...Object.keys(held)])].sort();
      const members = names.map((name) => [name, normal(held[name], memberShape(shape.members, name))]);
      return Object.fromEntries(members.filter(([, member]) => !isNothing(member)));
    }
    case 'map':
      return sorted(value ?? {});
    case 'list': {
      const entries = entriesOf(value).map((entry) => normal(entry, shape.item));
      return shape.keyOf ? entries.sort(byText) : entries;
    }
    case 'notCompared':
      return undefined;
  }
}

/** Absence, and the empty object that is left of an object nobody has given. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (isObject(value) && Object.keys(value).length === 0) ||
  isEmptyList(value);

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const jsonOf = (value: unknown): string => JSON.stringify(value) ?? '';

function byText(one: unknown, other: unknown): number {
  const [left, right] = [jsonOf(one), jsonOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The same JSON with its members in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}

/** A text that is the same for values that mean the same. */
export const textOf = (value: unknown, shape: Shape): string => jsonOf(normal(value, shape));

/** Whether two values mean the same to the service. */
export const means = (one: unknown, other: unknown, shape: Shape): boolean =>
  textOf(one, shape) === textOf(other, shape);
