/** Values that options and arguments have in common. */
import { InvalidArgumentError } from 'commander';
import { ownerPattern } from '../../src/routing/ownership.ts';

/** What a label or tag may be. */
export type Scalar = string | number | boolean;

/** A name with its value; `undefined` where the value is to go. */
export type Pair = readonly [name: string, value: Scalar];

/** `name=value`, repeatable. Numbers and booleans are told from texts as JSON does; quotes make a text of anything. */
export function pair(text: string, previous: readonly Pair[] = []): readonly Pair[] {
  const mark = text.indexOf('=');
  if (mark < 1) throw new InvalidArgumentError('Give name=value, such as Language=EN or Skill=10.');
  return [...previous, [text.slice(0, mark), scalarIn(text.slice(mark + 1))]];
}

/** A repeatable text. */
export const repeated = (text: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  text,
];

function scalarIn(text: string): Scalar {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return Number(text);
  return /^"(.*)"$/s.exec(text)?.[1] ?? text;
}

/** What names a resource. A colon separates the action in a path of the service, so no id has one. */
export function id(text: string): string {
  if (/^(?!\.{1,2}$)[^:]{1,512}$/.test(text)) return text;
  throw new InvalidArgumentError('An id has 1 to 512 characters and no colon, and is neither "." nor "..".');
}

/** The name of a document, by which its resources are marked. */
export function owner(text: string): string {
  if (ownerPattern.test(text)) return text;
  throw new InvalidArgumentError('An owner has up to 64 letters, digits, dots, dashes and underscores.');
}

/** An instant with its offset. */
export function instant(text: string): Date {
  const date = new Date(text);
  if (/\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('Give a date and time with its offset, such as 2026-03-02T09:00:00Z.');
}
