/**
 * The JSON of something that came as JSON, however deep it is. `JSON.parse` reads any depth, but `JSON.stringify` calls
 * itself for each level and runs out of stack after some thousand: what somebody could send could not be kept.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    return withoutRecursion(value);
  }
}

/** A value that is still to be written, or a sign that is written as it is. */
type Piece = { readonly value: unknown } | { readonly sign: string };

function withoutRecursion(value: unknown): string {
  const written: string[] = [];
  /** The next one is the last. */
  const left: Piece[] = [{ value }];
  for (let piece = left.pop(); piece !== undefined; piece = left.pop()) {
    if ('sign' in piece) written.push(piece.sign);
    else for (const inner of piecesOf(piece.value).reverse()) left.push(inner);
  }
  return written.join('');
}

/** One level of a value, in the order in which it is read. */
function piecesOf(value: unknown): Piece[] {
  if (typeof value !== 'object' || value === null) return [{ sign: JSON.stringify(value) ?? 'null' }];
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => ['', item] as const);
    return [{ sign: '[' }, ...listed(items), { sign: ']' }];
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [`${JSON.stringify(name)}:`, member] as const);
  return [{ sign: '{' }, ...listed(members), { sign: '}' }];
}

const listed = (items: readonly (readonly [before: string, value: unknown])[]): Piece[] =>
  items.flatMap(([before, value], index) => [{ sign: index === 0 ? before : `,${before}` }, { value }]);
