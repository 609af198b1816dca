import type * as z from 'zod';
import { expectationsOf } from './expectations.ts';
import { jsonText } from './jsonText.ts';

/** One thing that is wrong with a document from outside. */
export interface InputProblem {
  /** JSON pointer (RFC 6901) to the value; empty for the whole document. */
  readonly pointer: string;
  /** What was expected and what is there. */
  readonly detail: string;
}

/** Everything a schema found wrong with `input`, in the document's own terms. */
export const inputProblems = (error: z.ZodError, input: unknown): InputProblem[] =>
  expectationsOf(error).map(({ path, expected }) => problemAt(path, expected, input));

/** The JSON pointer of a path of member names and array indexes. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * The same path as settings and logs write it: `automation.rules[0].name`. zod has one like it, but asking for it
 * brings the whole of zod into the bundle.
 */
export const dottedPath = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

function problemAt(path: readonly PropertyKey[], expected: string, input: unknown): InputProblem {
  const value = valueAt(path, input);
  const found = value === undefined ? 'nothing is there' : `found ${shown(value)}`;
  return { pointer: pointerTo(path), detail: `${expected}; ${found}` };
}

/** What stands at a path; undefined where nothing does. */
export const valueAt = (path: readonly PropertyKey[], input: unknown): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    input,
  );

/** A value in a text, cut short where it is long. */
export function shown(value: unknown): string {
  // JSON can say 1e999, and YAML .nan, but neither has a way to write what that is read as.
  const isInJson = typeof value === 'number' ? Number.isFinite(value) : value !== undefined;
  const text = isInJson ? jsonText(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
