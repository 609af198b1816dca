import { createHash, createHmac } from 'node:crypto';

/** A well-known key for tests, Base64 as in a connection string. */
export const TEST_ACCESS_KEY = Buffer.from('an access key for tests').toString('base64');

export interface Signing {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly body?: string;
  readonly host: string;
  /** RFC 1123. */
  readonly date: string;
  readonly accessKey?: string;
}

/** The headers that prove who sends a request, made as Communication Services documents it. */
export function signatureHeaders(signing: Signing): Record<string, string> {
  const { method, target, body = '', host, date, accessKey = TEST_ACCESS_KEY } = signing;
  const hash = createHash('sha256').update(body).digest('base64');
  const signature = createHmac('sha256', Buffer.from(accessKey, 'base64'))
    .update(`${method}\n${target}\n${date};${host};${hash}`)
    .digest('base64');
  return {
    host,
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}
