/** From JSON, YAML or data to a document that may be planned from; or everything that is wrong with it, at once. */
import { expectationsOf } from '../../input/expectations.ts';
import { pointerTo } from '../../input/inputProblems.ts';
import { type Environment, resolvePlaceholders } from '../../input/placeholders.ts';
import { sizeProblem } from '../../input/text/limits.ts';
import { type Format, readText } from '../../input/text/readText.ts';
import type { TextRead } from '../../input/text/textRead.ts';
import type { Checkable } from '../checks/checkDocument.ts';
import { draftOf } from '../checks/draft.ts';
import { duplicateIds } from '../checks/duplicateIds.ts';
import { type DocumentProblem, documentProblem, type Finding, textProblem, type Written } from './problem.ts';
import { type RoutingDocument, routingDocument } from './routingDocument.ts';

/** How a document is read. */
export interface ReadOptions {
  /** What placeholders may be filled in from, and nothing else. Absent: nothing. */
  readonly environment?: Environment;
  /** Of a text. Absent: JSON where it begins with a brace or a bracket, YAML otherwise. */
  readonly format?: Format;
}

/** A document that was read. */
export interface ReadDocument {
  readonly kind: 'read';
  readonly document: RoutingDocument;
  /** Values that it took from its environment. They are shown nowhere. */
  readonly secrets: readonly string[];
  /** For whoever finds something wrong with it later. */
  readonly written: Written;
}

/** Everything that keeps a document from being read. */
export interface InvalidDocument {
  readonly kind: 'invalid';
  readonly problems: readonly [DocumentProblem, ...DocumentProblem[]];
  /** What can be checked of it all the same. Absent: its text is no data. */
  readonly draft?: { readonly document: Checkable; readonly written: Written };
}

export type DocumentRead = ReadDocument | InvalidDocument;

/**
 * Reads a routing document. What it refers to, and whether its selectors can be satisfied, is `checkDocument`'s to say.
 *
 * @param input a text, or a value that was read from one.
 */
export function readRoutingDocument(
  input: unknown,
  { environment = {}, format }: ReadOptions = {},
): DocumentRead {
  const read = typeof input === 'string' ? readText(input, format) : readValue(input);
  if (read.kind === 'invalid') return invalid(read.problems, textProblem);
  const written: Written = { value: read.value, placeOf: read.placeOf };
  const { value, secrets, unfilled } = resolvePlaceholders(read.value, environment);
  const parsed = routingDocument.safeParse(value);
  const untold = new Set(unfilled.map(({ path }) => pointerTo(path)));
  const wrong: readonly Finding[] = [
    ...unfilled,
    // A placeholder that was not filled in is rarely what its member has to be, and need not be told twice.
    ...(parsed.success ? [] : expectationsOf(parsed.error)).filter(
      ({ path }) => !untold.has(pointerTo(path)),
    ),
    ...duplicateIds(value),
  ];
  if (parsed.success && wrong.length === 0) return { kind: 'read', document: parsed.data, secrets, written };
  const draft = { document: draftOf(value), written };
  return { ...invalid(wrong, (finding) => documentProblem(finding, written)), draft };
}

function readValue(value: unknown): TextRead {
  const problem = sizeProblem(value);
  return problem === undefined
    ? { kind: 'read', value, placeOf: () => undefined }
    : { kind: 'invalid', problems: [problem] };
}

/** Beyond so many nobody reads, and a text of nothing but mistakes makes more of them than it has lines. */
const MOST_PROBLEMS = 1_000;

/** Tells what is wrong, in the order of the text where there is one. */
function invalid<Wrong>(all: readonly Wrong[], tell: (wrong: Wrong) => DocumentProblem): InvalidDocument {
  const [first, ...others] = all.slice(0, MOST_PROBLEMS).map(tell).sort(byPlace);
  if (first === undefined) throw new Error('A document is invalid, and nothing is wrong with it');
  const untold = all.length - MOST_PROBLEMS;
  const rest =
    untold > 0 ? [textProblem({ path: [], expected: `expected less: ${untold} more things are wrong` })] : [];
  return { kind: 'invalid', problems: [first, ...others, ...rest] };
}

const byPlace = (a: DocumentProblem, b: DocumentProblem): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
