/** What a schema expected, in words for whoever wrote the value: short, and never with the value itself. */
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** A place in a document and what should be there. */
export interface Expectation {
  readonly path: readonly PropertyKey[];
  /** Begins with "expected", but for a member that nobody knows. */
  readonly expected: string;
}

/** Everything a schema found wrong. */
export const expectationsOf = ({ issues }: z.ZodError): Expectation[] => issues.flatMap(expectationsFrom);

function expectationsFrom(issue: Issue): Expectation[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      expected: `"${key}" is not a member that is known here`,
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && !isOurs(issue))
    return fromUnion(issue.path, issue.errors);
  return [{ path: issue.path, expected: textOf(issue) }];
}

/** Where the value has the shape of one of the choices, what is wrong with it as that; the choices otherwise. */
function fromUnion(path: readonly PropertyKey[], choices: readonly (readonly Issue[])[]): Expectation[] {
  const alike = choices.find((issues) => !issues.some(isAboutTheWhole));
  if (alike !== undefined) {
    return alike.flatMap((issue) =>
      expectationsFrom(issue).map((inner) => ({ ...inner, path: [...path, ...inner.path] })),
    );
  }
  const texts = new Set(choices.flatMap((issues) => issues.filter(isAboutTheWhole).map(textOf)));
  return [
    { path, expected: `expected ${[...texts].map((text) => text.replace(/^expected /, '')).join(' or ')}` },
  ];
}

const isAboutTheWhole = ({ path, code }: Issue): boolean =>
  path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');

/** The schemas' own texts begin in this way. */
const isOurs = ({ message }: Issue): boolean => message.startsWith('expected ');

function textOf(issue: Issue): string {
  if (isOurs(issue)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`.replace(
        /, ([^,]*)$/,
        ' or $1',
      );
    case 'too_small':
      return `expected ${boundOf(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`;
    case 'too_big':
      return `expected ${boundOf(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`;
    case 'invalid_format':
      return `expected ${formatNames[issue.format] ?? issue.format}`;
    default:
      return issue.message;
  }
}

const boundOf = (origin: string, relation: string, bound: number | bigint): string =>
  origin === 'string'
    ? `a text of ${relation} ${bound} ${bound === 1 ? 'character' : 'characters'}`
    : origin === 'array'
      ? `${relation} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
      : `a number of ${relation} ${bound}`.replace('of more', 'more').replace('of less', 'less');

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formatNames: Readonly<Record<string, string>> = {
  url: 'an address that begins with http:// or https://',
  datetime: 'a date and time with its offset, such as 2026-03-02T09:00:00Z',
};
