/** How large data from outside may be, whatever it was written in. */
import type { TextProblem } from './textRead.ts';

/** Of a text, in bytes. */
export const LONGEST_TEXT_BYTES = 1_000_000;
/** Of values within each other. */
export const DEEPEST_VALUE = 32;
/** Of all values together. YAML's aliases make many of few characters. */
const MOST_VALUES = 200_000;

/** What is too large in `root`, or would be lost on the way; undefined where all is well. Ends for values that contain themselves. */
export function sizeProblem(root: unknown): TextProblem | undefined {
  let count = 0;
  const left: { readonly value: object; readonly path: readonly PropertyKey[] }[] = [];
  const look = (value: unknown, path: readonly PropertyKey[]) => {
    count += 1;
    if (typeof value === 'object' && value !== null) left.push({ value, path });
  };
  look(root, []);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (path.length >= DEEPEST_VALUE) {
      return {
        path: path.slice(0, 4),
        expected: `expected at most ${DEEPEST_VALUE} values within each other`,
      };
    }
    for (const [name, member] of membersOf(value)) {
      // JavaScript and the schemas give this name a meaning of their own: as a member it would vanish without a word.
      if (name === '__proto__') return { path, expected: 'expected no member named __proto__' };
      look(member, [...path, name]);
    }
    if (count > MOST_VALUES) return { path: [], expected: `expected at most ${MOST_VALUES} values` };
  }
  return undefined;
}

const membersOf = (value: object): Iterable<readonly [string | number, unknown]> =>
  Array.isArray(value) ? value.entries() : Object.entries(value);
