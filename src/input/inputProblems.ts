import type * as z from 'zod';
import { jsonText } from './jsonText.ts';

/** One thing that is wrong with a document from outside. */
export interface InputProblem {
  /** JSON pointer (RFC 6901) to the value; empty for the whole document. */
  readonly pointer: string;
  /** What was expected and what is there. */
  readonly detail: string;
}

/** Everything a schema found wrong with `input`, in the document's own terms. */
export function inputProblems(error: z.ZodError, input: unknown): InputProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [problemAt(issue.path, issue.message, input)];
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      detail: `"${key}" is not a member that is known here`,
    }));
  });
}

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

function problemAt(path: readonly PropertyKey[], message: string, input: unknown): InputProblem {
  const value = valueAt(path, input);
  const found = value === undefined ? 'nothing is there' : `found ${shown(value)}`;
  return { pointer: pointerTo(path), detail: `${message}; ${found}` };
}

function valueAt(path: readonly PropertyKey[], input: unknown): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
}

function shown(value: unknown): string {
  const text = jsonText(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
