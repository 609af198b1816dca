/** Lists for people: aligned columns, one line for each entry. */
import { printable } from './printable.ts';
import { outColors, say } from './say.ts';

/** A column: its heading, and what an entry has there. */
export type Column<Entry> = readonly [heading: string, of: (entry: Entry) => unknown];

const GAP = '  ';

/** Prints entries as a table, or `nothing` where there are none. */
export function sayTable<Entry>(
  entries: readonly Entry[],
  columns: readonly Column<Entry>[],
  nothing: string,
): void {
  if (entries.length === 0) {
    say(outColors.dim(nothing));
    return;
  }
  const rows = entries.map((entry) => columns.map(([, of]) => cell(of(entry))));
  const headings = columns.map(([heading]) => heading);
  const [first = '', ...others] = aligned([headings, ...rows]);
  say([outColors.bold(first), ...others].join('\n'));
}

/** Rows whose columns begin below each other. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** Prints what is known of one thing, member by member. */
export function sayMembers(members: readonly (readonly [name: string, value: unknown])[]): void {
  const known = members.filter(([, value]) => value !== undefined);
  const width = Math.max(...known.map(([name]) => name.length));
  for (const [name, value] of known) say(`${outColors.bold(name.padEnd(width))}  ${cell(value)}`);
}

/** Texts as they are, lists with commas, everything else as JSON. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(cell).join(', ');
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).map(([name, inner]) => `${printable(name)}=${cell(inner)}`);
  return members.length === 0 ? '-' : members.join(', ');
}
