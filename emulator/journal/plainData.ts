/**
 * JSON for data that holds maps and sets. They become objects with one key that begins with a dollar sign; an object
 * of the data that has such a key itself is written as its entries, so that nothing can be mistaken for them.
 */
type Data = unknown;

const isObject = (value: Data): value is Readonly<Record<string, Data>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMarked = (value: object): boolean => Object.keys(value).some((key) => key.startsWith('$'));

function plain(value: Data): Data {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return { $map: [...value].map(plain) };
  if (value instanceof Set) return { $set: [...value].map(plain) };
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, plain(member)] as const);
  return isMarked(value) ? { $entries: members } : Object.fromEntries(members);
}

function lively(value: Data): Data {
  if (Array.isArray(value)) return value.map(lively);
  if (!isObject(value)) return value;
  const { $map, $set, $entries } = value;
  if (Array.isArray($map)) return new Map($map.map(lively).map(pair));
  if (Array.isArray($set)) return new Set($set.map(lively));
  if (Array.isArray($entries)) return Object.fromEntries($entries.map(lively).map(pair));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, lively(member)]));
}

function pair(value: Data): [string, Data] {
  if (!Array.isArray(value) || value.length !== 2) throw new TypeError('An entry is a key and a value');
  return [value[0], value[1]];
}

/** Members that are undefined are lost, as they are in JSON. */
export const toPlain = plain;

/** What `toPlain` was given. */
export const fromPlain = lively;

export const dataText = (value: Data): string => JSON.stringify(plain(value));

export const dataOf = (text: string): Data => lively(JSON.parse(text));
