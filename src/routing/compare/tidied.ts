import type { Path } from '../model.ts';
import { means } from './normal.ts';
import { entriesOf, isObject, memberShape, type Shape } from './shape.ts';

/** What is shown instead of a secret, or of a text that may hold one. `how` is absent where the shape knows of none. */
export type Hide = (value: string, path: Path, how?: 'whole' | 'query') => string;

/**
 * What a person would have written: without what the service decides, and within lists without what it fills in. Every
 * text has gone through `hide`.
 */
export function tidied(value: unknown, shape: Shape, hide: Hide, path: Path = [], isInList = false): unknown {
  switch (shape.is) {
    case 'value':
      return typeof value === 'string' ? hide(value, path, shape.secret) : hiddenWithin(value, hide, path);
    case 'map': {
      if (!isObject(value)) return value;
      const own = Object.entries(value).filter(([key]) => key !== shape.automatic);
      return hiddenWithin(Object.fromEntries(own), hide, path);
    }
    case 'list':
      return entriesOf(value).map((entry, index) => tidied(entry, shape.item, hide, [...path, index], true));
    case 'object': {
      if (!isObject(value)) return hiddenWithin(value, hide, path);
      const told = Object.entries(value).flatMap(([name, member]) => {
        const its = memberShape(shape.members, name);
        const isLeftOut = its.is === 'notCompared' ? !its.isDeclarable : isInList && isFilledIn(member, its);
        return isLeftOut ? [] : [[name, tidied(member, its, hide, [...path, name], isInList)] as const];
      });
      return Object.fromEntries(told);
    }
    case 'notCompared':
      return hiddenWithin(value, hide, path);
  }
}

/** Whether a value is what the service fills in where there is none. */
const isFilledIn = (value: unknown, shape: Shape): boolean =>
  shape.is === 'value' && shape.fallback !== undefined && means(value, undefined, shape);

function hiddenWithin(value: unknown, hide: Hide, path: Path): unknown {
  if (typeof value === 'string') return hide(value, path);
  if (Array.isArray(value)) return value.map((entry, index) => hiddenWithin(entry, hide, [...path, index]));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    hiddenWithin(member, hide, [...path, name]),
  ]);
  return Object.fromEntries(members);
}
