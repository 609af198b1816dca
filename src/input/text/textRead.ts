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

/** Finds line and column of offsets into a text. The text is gone through once, when it is first asked for. */
export function placesIn(text: string): (offset: number) => Place {
  let lineStarts: readonly number[] | undefined;
  return (offset) => {
    lineStarts ??= [0, ...text.matchAll(/\n/g).map(({ index }) => index + 1)];
    let [line, beyond] = [0, lineStarts.length];
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };
}
