import * as z from 'zod';
import { type Automation, automation } from '../automation/rules.ts';
import { expectationsOf } from '../input/expectations.ts';
import { dottedPath } from '../input/inputProblems.ts';
import { type Environment, resolvePlaceholders } from '../input/placeholders.ts';
import { type Format, readText } from '../input/text/readText.ts';
import type { TextProblem } from '../input/text/textRead.ts';

/** The automation of a document, or everything that keeps it from being one. */
export type DocumentRead =
  | { readonly kind: 'automation'; readonly automation: Automation }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/**
 * Only the `automation` of a routing document is believed here; its other parts are read by whoever applies
 * them. A document without it is a problem and not "no rules": a misspelt member would silence the whole app.
 */
const rulesDocument = z.looseObject({ automation });

/** Reads a routing document as text. Without a format it is told from the text. */
export function readRulesDocument(text: string, environment: Environment, format?: Format): DocumentRead {
  const read = readText(text, format);
  if (read.kind === 'invalid') return { kind: 'problems', problems: read.problems.map(textProblem) };
  const { automation: written } = z.looseObject({ automation: z.unknown() }).safeParse(read.value).data ?? {};
  const { value, unfilled } = resolvePlaceholders(
    written === undefined ? {} : { automation: written },
    environment,
  );
  const parsed = rulesDocument.safeParse(value);
  if (parsed.success && unfilled.length === 0)
    return { kind: 'automation', automation: parsed.data.automation };
  const wrong = [...unfilled, ...(parsed.success ? [] : expectationsOf(parsed.error))];
  return {
    kind: 'problems',
    problems: wrong.map(({ path, expected }) => `${dottedPath(path)}: ${expected}`),
  };
}

function textProblem({ expected, line, column }: TextProblem): string {
  const problem = expected.replace(/^expected (JSON|YAML): /, 'is not $1: expected ');
  return line === undefined ? problem : `${problem} in line ${line}, column ${column}`;
}
