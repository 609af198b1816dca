/**
 * Goes through a JSON text token by token, for what `JSON.parse` does not tell: where each value stands, where the
 * first error of syntax is, and which members stand twice.
 */
import { DEEPEST_VALUE } from './limits.ts';

/** What a scan finds, in the order of the text. Offsets are those of the first character. */
export interface JsonListener {
  readonly value?: (path: () => readonly PropertyKey[], offset: number) => void;
  readonly repeatedMember?: (path: readonly PropertyKey[], offset: number) => void;
}

/** Where the text stops being JSON, and what would have been: "a colon". */
export interface JsonSyntaxError {
  readonly offset: number;
  readonly expected: string;
}

/** White space and one token: a string, a number or word, or a sign. Strings are unrolled, so that long ones need no stack. */
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
  /[ \t\r\n]*(?:("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/y;

type Expects = 'firstName' | 'name' | 'colon' | 'firstItem' | 'value' | 'commaOrEnd';

/** A list or an object that is open. */
interface Open {
  readonly closedBy: ']' | '}';
  readonly names: Set<string>;
  /** The member, or the place in the list, at which the scan is. */
  step: string | number;
  expects: Expects;
}

interface Token {
  readonly offset: number;
  readonly string: string | undefined;
  readonly isScalar: boolean;
  readonly sign: string | undefined;
}

/** Scans the whole text; undefined when it is JSON. */
export function scanJson(text: string, listener: JsonListener): JsonSyntaxError | undefined {
  const open: Open[] = [];
  let isOver = false;
  let end = 0;
  for (;;) {
    token.lastIndex = end;
    const found = token.exec(text);
    if (found === null) break;
    end = token.lastIndex;
    const [, string, scalar, sign] = found;
    const offset = end - (string ?? scalar ?? sign ?? '').length;
    if (isOver) return { offset, expected: 'nothing after its end' };
    const expected = take(open, { offset, string, isScalar: scalar !== undefined, sign }, listener);
    if (expected !== undefined) return { offset, expected };
    isOver = open.length === 0;
  }
  const rest = text.slice(end).search(/[^ \t\r\n]/);
  if (rest >= 0) return { offset: end + rest, expected: 'a name, a value or a sign' };
  return isOver ? undefined : { offset: text.length, expected: 'more, for the text ends early' };
}

/** Takes one token; says what was expected where it does not fit. */
function take(open: Open[], next: Token, listener: JsonListener): string | undefined {
  const around = open.at(-1);
  switch (around?.expects) {
    case undefined:
    case 'value':
      return takeValue(open, next, listener);
    case 'firstItem':
      return next.sign === ']' ? close(open) : takeValue(open, next, listener);
    case 'firstName':
      return next.sign === '}' ? close(open) : takeName(open, next, listener);
    case 'name':
      return takeName(open, next, listener);
    case 'colon':
      if (next.sign !== ':') return 'a colon';
      around.expects = 'value';
      return undefined;
    case 'commaOrEnd':
      if (next.sign === around.closedBy) return close(open);
      if (next.sign !== ',') return `a comma or ${around.closedBy}`;
      around.expects = around.closedBy === '}' ? 'name' : 'value';
      if (typeof around.step === 'number') around.step += 1;
      return undefined;
  }
}

const pathOf = (open: readonly Open[]): readonly PropertyKey[] => open.map(({ step }) => step);

function takeValue(open: Open[], { string, isScalar, sign, offset }: Token, listener: JsonListener) {
  if (string === undefined && !isScalar && sign !== '{' && sign !== '[') return 'a value';
  listener.value?.(() => pathOf(open), offset);
  const around = open.at(-1);
  if (around !== undefined) around.expects = 'commaOrEnd';
  if (sign !== '{' && sign !== '[') return undefined;
  if (open.length >= DEEPEST_VALUE) return `at most ${DEEPEST_VALUE} values within each other`;
  open.push(
    sign === '{'
      ? { closedBy: '}', names: new Set(), step: '', expects: 'firstName' }
      : { closedBy: ']', names: new Set(), step: 0, expects: 'firstItem' },
  );
  return undefined;
}

function takeName(open: readonly Open[], { string, offset }: Token, listener: JsonListener) {
  const around = open.at(-1);
  if (around === undefined || string === undefined) return 'a name in double quotes';
  const name = String(JSON.parse(string));
  around.step = name;
  around.expects = 'colon';
  if (around.names.has(name)) listener.repeatedMember?.(pathOf(open), offset);
  around.names.add(name);
  return undefined;
}

function close(open: Open[]): undefined {
  open.pop();
}
