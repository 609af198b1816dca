/** JSON, read strictly: a member that stands twice is refused, since one of the two would be lost. */
import { pointerTo } from '../inputProblems.ts';
import { scanJson } from './scanJson.ts';
import { placesIn, type TextProblem, type TextRead } from './textRead.ts';

/** Reads a text as JSON. */
export function readJson(text: string): TextRead {
  const placeAt = placesIn(text);
  const problems: TextProblem[] = [];
  const error = scanJson(text, {
    repeatedMember: (path, offset) =>
      problems.push({ path, expected: 'expected each member once', ...placeAt(offset) }),
  });
  if (error !== undefined) {
    problems.push({ path: [], expected: `expected JSON: ${error.expected}`, ...placeAt(error.offset) });
  }
  if (problems.length > 0) return { kind: 'invalid', problems };

  let offsets: ReadonlyMap<string, number> | undefined;
  return {
    kind: 'read',
    value: JSON.parse(text),
    placeOf(path) {
      offsets ??= offsetsOf(text);
      return placeAt(nearest(offsets, path));
    },
  };
}

/** Asked for only where there is something wrong to point at. */
function offsetsOf(text: string): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  scanJson(text, { value: (path, offset) => offsets.set(pointerTo(path()), offset) });
  return offsets;
}

function nearest(offsets: ReadonlyMap<string, number>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsets.get(pointerTo(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return offsets.get('') ?? 0;
}
