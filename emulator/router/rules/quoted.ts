/**
 * Takes the quoted parts out of a Power Fx text and leaves names in their place, because Power Fx quotes like no
 * other language: "text" with "" for a quotation mark, and 'a name' with '' for an apostrophe.
 */
export interface Unquoted {
  readonly text: string;
  /** What stood where, by the name that stands there now. */
  readonly texts: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

const QUOTED = /"((?:[^"]|"")*)"|'((?:[^']|'')+)'/g;

/** `$` begins the names left in the text; Power Fx has no use for it. */
export function unquote(source: string): Unquoted {
  const texts = new Map<string, string>();
  const names = new Map<string, string>();
  const text = source.replaceAll(QUOTED, (_, quotedText?: string, quotedName?: string) => {
    if (quotedName !== undefined) return keep(names, '$name', quotedName.replaceAll("''", "'"));
    return keep(texts, '$text', (quotedText ?? '').replaceAll('""', '"'));
  });
  return { text, texts, names };
}

function keep(kept: Map<string, string>, prefix: string, value: string): string {
  const name = `${prefix}${kept.size}`;
  kept.set(name, value);
  return name;
}

/** What is wrong outside the quotes, if anything is that the parser would read over or mistake. */
export const unquotedProblem = (source: string): string | undefined => {
  const rest = source.replaceAll(QUOTED, '');
  if (rest.trim() === '' && rest === source) return 'The expression is empty';
  if (rest.includes('"')) return 'A text is not closed: a quotation mark is missing';
  if (rest.includes("'")) return 'A quoted name is not closed: an apostrophe is missing';
  if (rest.includes('$')) return 'The character $ is not supported';
  if (rest.includes(';')) return 'Chaining expressions with ; is not supported';
  if (/^\s*,|,\s*$/.test(rest)) return 'A comma stands where an expression is expected';
  return undefined;
};
