import { readJson } from './jsonText.ts';
import { LONGEST_TEXT_BYTES, sizeProblem } from './limits.ts';
import { placesIn, type TextRead } from './textRead.ts';
import { readYaml } from './yamlText.ts';

/** What a text is written in. */
export type Format = 'json' | 'yaml';

/** What a file or an address says by its ending; undefined where it says nothing. */
export function formatNamed(path: string): Format | undefined {
  if (/\.json$/i.test(path)) return 'json';
  return /\.ya?ml$/i.test(path) ? 'yaml' : undefined;
}

/** Two slashes or a slash and a star begin what other dialects of JSON take for a comment, and YAML for a text. */
const JSON_COMMENT = /^\s*(?:\/\/|\/\*)/;

/**
 * Reads JSON or YAML, at most `LONGEST_TEXT_BYTES` of it.
 *
 * @param format Absent: JSON where the text begins as an object or a list of JSON does, YAML otherwise.
 */
export function readText(input: string, format?: Format): TextRead {
  if (Buffer.byteLength(input) > LONGEST_TEXT_BYTES) {
    const expected = `expected a text of at most ${LONGEST_TEXT_BYTES} bytes`;
    return { kind: 'invalid', problems: [{ path: [], expected }] };
  }
  // Some editors put a byte order mark before a text, which is no part of it.
  const text = input.replace(/^\uFEFF/, '');
  if (format === undefined && JSON_COMMENT.test(text)) {
    const expected = 'expected JSON or YAML: JSON has no comments, and those of YAML begin with #';
    return { kind: 'invalid', problems: [{ path: [], expected, ...placesIn(text)(text.search(/\S/)) }] };
  }
  const isJson = format === undefined ? /^\s*[{[]/.test(text) : format === 'json';
  const read = isJson ? readJson(text) : readYaml(text);
  if (read.kind === 'invalid') return read;
  const problem = sizeProblem(read.value);
  return problem === undefined
    ? read
    : { kind: 'invalid', problems: [{ ...problem, ...read.placeOf(problem.path) }] };
}
