import { REDACTED } from '../model.ts';
import type { Hide } from './tidied.ts';

/** Shorter ones would be found in every second text. */
const SHORTEST_SECRET = 4;

/**
 * Hides keys, the queries of addresses, and every text that holds one of `secrets`: the values that a document took from
 * its environment.
 */
export function redactor(secrets: readonly string[]): Hide {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const exact = new Set(secrets);
  return (value, _path, how) => {
    if (how === 'whole' || exact.has(value) || known.some((secret) => value.includes(secret)))
      return REDACTED;
    return how === 'query' ? withoutQuery(value) : value;
  };
}

const withoutQuery = (address: string): string => {
  const mark = address.indexOf('?');
  return mark === -1 ? address : `${address.slice(0, mark)}?${REDACTED}`;
};
