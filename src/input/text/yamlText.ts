/**
 * YAML 1.2 with the core schema: what it can say beyond JSON is comments, anchors and merge keys. Tags are refused, and so
 * is what would come out other than it looks: a key that stands twice, or one that is no text.
 */
import {
  Composer,
  type CST,
  type Document,
  isCollection,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  Parser,
  type YAMLError,
} from 'yaml';
import { messageOf } from '../messageOf.ts';
import { DEEPEST_VALUE } from './limits.ts';
import type { Place, TextProblem, TextRead } from './textRead.ts';

/** How often anchors may be used together, weighed by what is in them. */
const MOST_ALIASES = 1_000;

/** Reads a text as YAML. An empty one is null. */
export function readYaml(text: string): TextRead {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  // The composer calls itself for each level, and would run out of stack.
  if (tokens.some(isTooDeep)) {
    const expected = `expected at most ${DEEPEST_VALUE} values within each other`;
    return { kind: 'invalid', problems: [{ path: [], expected }] };
  }
  const options = {
    schema: 'core',
    version: '1.2',
    merge: true,
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  } as const;
  const [document, ...others] = new Composer(options).compose(tokens, true, text.length);
  if (document === undefined || others.length > 0) {
    return { kind: 'invalid', problems: [{ path: [], expected: 'expected one YAML document' }] };
  }
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) return { kind: 'invalid', problems: wrong.map((error) => problemOf(error, lines)) };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { kind: 'read', value, placeOf: (path) => placeIn(document, path, lines) };
  } catch (problem) {
    // An alias of an anchor that is not there, or more of them than are borne.
    return { kind: 'invalid', problems: [{ path: [], expected: `expected YAML: ${messageOf(problem)}` }] };
  }
}

function problemOf({ message, pos: [offset] }: YAMLError, lines: LineCounter): TextProblem {
  return { path: [], expected: `expected YAML: ${message}`, ...placeOf(offset, lines) };
}

const placeOf = (offset: number, lines: LineCounter): Place => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
};

function isTooDeep(root: CST.Token): boolean {
  const left: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST_VALUE) return true;
    for (const inner of tokensIn(token))
      left.push({ token: inner, depth: 'items' in token ? depth + 1 : depth });
  }
  return false;
}

function* tokensIn(token: CST.Token): Iterable<CST.Token> {
  if (token.type === 'document' && token.value) yield token.value;
  if (!('items' in token)) return;
  for (const { key, value } of token.items) {
    if (key) yield key;
    if (value) yield value;
  }
}

/** The value at a path, or what is nearest around it. A value that a merge key brought stands where it is merged in. */
function placeIn(document: Document, path: readonly PropertyKey[], lines: LineCounter): Place | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const step of path) {
    if (!isCollection(node)) break;
    const item = node.items.find((candidate, index) =>
      isPair(candidate)
        ? isScalar(candidate.key) && String(candidate.key.value) === String(step)
        : index === step,
    );
    const [at, inner] = isPair(item) ? [item.key, item.value] : [item, item];
    if (!isNode(at)) break;
    offset = at.range?.[0] ?? offset;
    node = inner;
  }
  return offset === undefined ? undefined : placeOf(offset, lines);
}
