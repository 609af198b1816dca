/**
 * JSON that strangers wrote. Whatever looks into a value later does so by recursion, so what is nested too deeply is
 * refused where it comes in, before a stack overflows somewhere else.
 */

/** Where we guessed: nobody publishes a limit; 64 levels are what .NET reads unless told otherwise. */
const DEEPEST = 64;

/** Throws a SyntaxError for what is not JSON, or is nested deeper than `deepest` levels. */
export function parseJson(text: string, deepest = DEEPEST): unknown {
  const value: unknown = JSON.parse(text);
  if (!isWithin(value, deepest)) throw new SyntaxError(`It is nested deeper than ${deepest} levels`);
  return value;
}

const isWithin = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((member) => isWithin(member, levels - 1)));
