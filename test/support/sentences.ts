/**
 * The sentences that a source text holds: its string and template literals of more than one word, with `…` in the
 * place of what is put in. Enough of a lexer for our own sources; comments are passed over.
 */
export function sentencesIn(text: string): readonly string[] {
  const literals: string[] = [];
  code(text, 0, literals);
  return literals.filter((literal) => /[\p{L}…)"] [\p{L}…("]/u.test(literal));
}

/** Reads code from `at` until the brace that closes it, or to the end; answers where it ended. */
function code(text: string, at: number, literals: string[]): number {
  let depth = 0;
  let index = at;
  while (index < text.length) {
    const rest = text.slice(index, index + 2);
    const character = rest.charAt(0);
    if (rest === '//') index = endOf(text, '\n', index);
    else if (rest === '/*') index = endOf(text, '*/', index + 2);
    else if (character === "'" || character === '"') index = string(text, index, literals);
    else if (character === '`') index = template(text, index, literals);
    else if (character === '/' && beginsPattern(text, index)) index = pattern(text, index);
    else {
      if (character === '{') depth += 1;
      if (character === '}' && depth-- === 0) return index + 1;
      index += 1;
    }
  }
  return index;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

function string(text: string, at: number, literals: string[]): number {
  const quote = text.charAt(at);
  let content = '';
  let index = at + 1;
  while (text.charAt(index) !== quote && index < text.length) {
    if (text.charAt(index) === '\\') index += 1;
    content += text.charAt(index);
    index += 1;
  }
  literals.push(content);
  return index + 1;
}

function template(text: string, at: number, literals: string[]): number {
  let content = '';
  let index = at + 1;
  while (text.charAt(index) !== '`' && index < text.length) {
    if (text.slice(index, index + 2) === '${') {
      content += '…';
      index = code(text, index + 2, literals);
      continue;
    }
    if (text.charAt(index) === '\\') index += 1;
    content += text.charAt(index);
    index += 1;
  }
  literals.push(content);
  return index + 1;
}

/** A slash begins a regular expression where a value may stand: after an operator, a bracket or a comma. */
const beginsPattern = (text: string, at: number): boolean =>
  /[=(,:[!&|?{;>]\s*$/.test(text.slice(Math.max(0, at - 20), at));

function pattern(text: string, at: number): number {
  let isInClass = false;
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '[') isInClass = true;
    else if (character === ']') isInClass = false;
    else if (character === '/' && !isInClass) return index + 1;
  }
  return text.length;
}
