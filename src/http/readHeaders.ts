import type { HttpRequest } from '@azure/functions';
import type { Read } from './readBody.ts';

type Headed = Pick<HttpRequest, 'headers'>;

/** One entity tag that may be compared to the letter (RFC 9110). A weak one never says that two things are the same. */
const strongEtag = /^"[\x21\x23-\x7e]*"$/;

/**
 * The ETag in `If-Match`; undefined where there is none, or the star that only asks for something to be there. Whoever
 * changes a thing has looked for it anyway.
 */
export function readIfMatch({ headers }: Headed): Read<string | undefined> {
  const value = headers.get('if-match')?.trim();
  if (value === undefined || value === '*') return { kind: 'read', value: undefined };
  return strongEtag.test(value)
    ? { kind: 'read', value }
    : invalidHeader('If-Match', 'expected one ETag in double quotes, as an answer had it, or *');
}

/**
 * Visible ASCII. The draft has the key in double quotes; published clients leave them out. Without them it has no comma, for
 * that is what joins two headers.
 */
const idempotencyKey = /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x2b\x2d-\x7e]{1,255}))$/;

/** The `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), without its quotes; undefined where there is none. */
export function readIdempotencyKey({ headers }: Headed): Read<string | undefined> {
  const value = headers.get('idempotency-key');
  if (value === null) return { kind: 'read', value: undefined };
  const [, quoted, bare] = idempotencyKey.exec(value.trim()) ?? [];
  const key = quoted ?? bare;
  return key === undefined
    ? invalidHeader('Idempotency-Key', 'expected one key of at most 255 visible ASCII characters')
    : { kind: 'read', value: key };
}

const invalidHeader = (header: string, detail: string) =>
  ({
    kind: 'problem',
    problem: {
      name: 'invalidHeader',
      status: 400,
      detail: `The header ${header} cannot be read.`,
      errors: [{ header, detail }],
    },
  }) as const;
