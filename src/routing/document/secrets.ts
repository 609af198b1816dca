/** What is not shown of a document, even to say that it is wrong: keys, and the queries of addresses, which hold keys too. */
import { REDACTED } from '../model.ts';

const secretMembers: ReadonlySet<PropertyKey> = new Set(['functionKey', 'appKey', 'clientSecret']);
/** What stands in these may be a key under a name that somebody misspelt. */
const credentials: ReadonlySet<PropertyKey> = new Set(['credential', 'clientCredential']);

const isSecret = (path: readonly PropertyKey[]): boolean =>
  path.some((step) => secretMembers.has(step)) ||
  (path.some((step) => credentials.has(step)) && path.at(-1) !== 'clientId');

/** A placeholder is no secret: it says where one is. Its default may be one. */
const placeholder = /^\$\{env:\w+\}$/;
const address = /^(?<before>https?:[^?]*\?)(?<query>.*)$/s;

/** A value as it may be shown. */
export function withoutSecrets(value: unknown, path: readonly PropertyKey[]): unknown {
  if (typeof value === 'string') return shownText(value, path);
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner, [...path, name])]),
  );
}

function shownText(text: string, path: readonly PropertyKey[]): string {
  if (isSecret(path)) return placeholder.test(text) ? text : REDACTED;
  const { before, query = '' } = address.exec(text)?.groups ?? {};
  return before === undefined || placeholder.test(query) ? text : `${before}${REDACTED}`;
}
