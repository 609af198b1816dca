import { dottedPath, type InputProblem, pointerTo, shown, valueAt } from '../../input/inputProblems.ts';
import type { Place, TextProblem } from '../../input/text/textRead.ts';
import { withoutSecrets } from './secrets.ts';

/** One thing that is wrong with a routing document. Holds no secret: neither one it has, nor one it takes from outside. */
export interface DocumentProblem extends InputProblem, Partial<Place> {
  /** The place, as people read it: `queues[0].distributionPolicyId`. Empty for the document as a whole. */
  readonly path: string;
  readonly expected: string;
  /** What is there, as JSON and as it was written, cut short. Absent: nothing is there. */
  readonly value?: string;
}

/** A place and what should be there, before it is told to anybody. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}

/** A document as it was written: what problems show of it. */
export interface Written {
  /** Its placeholders unresolved. */
  readonly value: unknown;
  readonly placeOf: (path: readonly PropertyKey[]) => Place | undefined;
}

/** What to tell of a finding. */
export function documentProblem(
  { path, expected }: Finding,
  { value: root, placeOf }: Written,
): DocumentProblem {
  const found = valueAt(path, root);
  const value = found === undefined ? undefined : shown(withoutSecrets(found, path));
  return {
    pointer: pointerTo(path),
    path: dottedPath(path),
    expected,
    ...(value !== undefined && { value }),
    detail: `${expected}; ${value === undefined ? 'nothing is there' : `found ${value}`}`,
    ...placeOf(path),
  };
}

/** What to tell of a text that is no data. Nothing of it is shown: what is left of it may be a secret. */
export const textProblem = ({ path, expected, line, column }: TextProblem): DocumentProblem => ({
  pointer: pointerTo(path),
  path: dottedPath(path),
  expected,
  detail: expected,
  ...(line !== undefined && { line }),
  ...(column !== undefined && { column }),
});
