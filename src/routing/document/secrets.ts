/** What is not shown of a document, even to say that it is wrong: keys, and the queries of addresses, which hold keys too. */
import { REDACTED } from '../model.ts';

const secretMembers: ReadonlySet<PropertyKey> = new Set(['functionKey', 'appKey', 'clientSecret']);

/** A value as it may be shown. A placeholder is no secret: it says where one is. */
export function withoutSecrets(value: unknown, path: readonly PropertyKey[]): unknown {
  const member = path.at(-1);
  if (typeof value === 'string') {
    if (member !== undefined && secretMembers.has(member)) return value.includes('${env:') ? value : REDACTED;
    return value.replace(/^(https?:[^?]*\?)(?!\$\{env:[^}]*\}$).*$/s, `$1${REDACTED}`);
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner, [...path, name])]),
  );
}
