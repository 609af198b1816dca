/** A text that was read as data, with the places its values come from. */

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a text as such. */
export interface TextProblem extends Partial<Place> {
  /** To the value that it is about, where there is one. */
  readonly path: readonly PropertyKey[];
  /** What was expected. */
  readonly expected: string;
}

/** The data, or everything that keeps the text from being data. */
export type TextRead =
  | {
      readonly kind: 'read';
      readonly value: unknown;
      /** Where the value at `path` stands, or the nearest one around it; undefined for data that came without a text. */
      readonly placeOf: (path: readonly PropertyKey[]) => Place | undefined;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly TextProblem[] };

/** Line and column of an offset into a text. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
