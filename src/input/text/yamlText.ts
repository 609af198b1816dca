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
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { messageOf } from '../messageOf.ts';
import { DEEPEST_VALUE } from './limits.ts';
import type { Place, TextProblem, TextRead } from './textRead.ts';

const KEY_STANDS_TWICE = 'expected YAML: Map keys must be unique';

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
    // Compares each key with all before it; repeatedKeys needs a moment where that takes a minute.
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  } as const;
  const [document, ...others] = new Composer(options).compose(tokens, true, text.length);
  if (document === undefined || others.length > 0) {
    return { kind: 'invalid', problems: [{ path: [], expected: 'expected one YAML document' }] };
  }
  const wrong = [...document.errors, ...document.warnings].map((error) => problemOf(error, lines));
  const problems = [...wrong, ...repeatedKeys(document, lines)];
  if (problems.length > 0) return { kind: 'invalid', problems };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { kind: 'read', value, placeOf: placesIn(document, lines) };
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

/** Keys that stand twice in their map: each but the first. */
function repeatedKeys(document: Document, lines: LineCounter): TextProblem[] {
  const problems: TextProblem[] = [];
  const look = (node: unknown): void => {
    if (!isCollection(node)) return;
    const seen = new Set<unknown>();
    for (const item of node.items) {
      if (!isPair(item)) {
        look(item);
        continue;
      }
      if (isScalar(item.key)) {
        const { value, range } = item.key;
        if (seen.has(value))
          problems.push({ path: [], expected: KEY_STANDS_TWICE, ...placeOf(range?.[0] ?? 0, lines) });
        seen.add(value);
      }
      look(item.value);
    }
  };
  look(document.contents);
  return problems;
}

/** Finds the value at a path, or what is nearest around it. A value that a merge key brought stands where it is merged in. */
function placesIn(document: Document, lines: LineCounter) {
  /** Of each collection that somebody has asked about: a document may have many places, and be asked for all of them. */
  const known = new WeakMap<object, ReadonlyMap<string, unknown>>();

  function itemsOf(node: YAMLMap | YAMLSeq): ReadonlyMap<string, unknown> {
    const items =
      known.get(node) ??
      new Map(node.items.map((item, index) => [isPair(item) ? nameOf(item.key) : String(index), item]));
    known.set(node, items);
    return items;
  }

  return (path: readonly PropertyKey[]): Place | undefined => {
    let node: unknown = document.contents;
    let offset = isNode(node) ? node.range?.[0] : undefined;
    for (const step of path) {
      if (!isCollection(node)) break;
      const item = itemsOf(node).get(String(step));
      const [at, inner] = isPair(item) ? [item.key, item.value] : [item, item];
      if (!isNode(at)) break;
      offset = at.range?.[0] ?? offset;
      node = inner;
    }
    return offset === undefined ? undefined : placeOf(offset, lines);
  };
}

const nameOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '');
