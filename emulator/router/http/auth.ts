/**
 * The access-key scheme of Communication Services: a request carries a date, a hash of its body and a
 * signature over method, path with query, date, host and hash. Strict, because a client that signs wrongly
 * should learn it here and not in Azure. Where we guessed: the answer to a failure (401 and these texts) and the
 * tolerated clock skew; neither was ever recorded.
 */
import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../clock/clock.ts';
import { splitTarget } from '../../http/surface.ts';
import { Refusal } from './refusal.ts';

export interface AuthOptions {
  /** Base64, as in a connection string. */
  readonly accessKey: string;
  /** Lets any bearer token through. */
  readonly acceptBearer: boolean;
  /** The clock that requests must be dated by. */
  readonly clock: Clock;
}

interface SignedRequest {
  readonly method: string;
  /** Path and query, byte for byte as received. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Throws a Refusal that says what is wrong with the request's credentials. */
export type Authenticate = (request: SignedRequest) => void;

const MAXIMUM_SKEW_MILLISECONDS = 15 * 60 * 1000;
const SIGNED_HEADERS = 'x-ms-date;host;x-ms-content-sha256';
const AUTHORIZATION = /^HMAC-SHA256 +SignedHeaders=([^&]*)&Signature=(\S+)$/i;

const denied = (reason: string): Refusal => new Refusal(401, `Denied: ${reason}`);

function headerIn(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') throw denied(`the header ${name} is missing.`);
  return value;
}

/**
 * The spellings a client may have signed the host in. On a port that is not the scheme's own, clients differ:
 * some leave the port out, and older JavaScript clients write it twice.
 */
function hostSpellings(host: string): readonly string[] {
  const [, name, port] = /^(.+?):(\d+)(?::\2)?$/.exec(host) ?? [];
  if (name === undefined) return [host];
  return [...new Set([host, `${name}:${port}`, name, `${name}:${port}:${port}`])];
}

/** The spellings of path and query: as received, and with the query written as the JavaScript client signs it. */
function targetSpellings(target: string): readonly string[] {
  const { path, query } = splitTarget(target);
  if (query === '') return [path];
  return [...new Set([target, `${path}?${new URLSearchParams(query)}`])];
}

const sha256 = (bytes: Buffer): string => hash('sha256', bytes, 'base64');

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

function checkDate(date: string, clock: Clock): void {
  const sent = Date.parse(date);
  if (Number.isNaN(sent)) throw denied(`x-ms-date "${date}" is not a date.`);
  if (Math.abs(clock.now() - sent) > MAXIMUM_SKEW_MILLISECONDS)
    throw denied(
      `x-ms-date "${date}" is more than 15 minutes away from the router's time, ${new Date(clock.now()).toUTCString()}.`,
    );
}

/** Reads the Authorization header; gives the signature. */
function signatureIn(authorization: string): string {
  const [, signedHeaders, signature] = AUTHORIZATION.exec(authorization) ?? [];
  if (signedHeaders === undefined || signature === undefined)
    throw denied('the Authorization header is not "HMAC-SHA256 SignedHeaders=...&Signature=...".');
  if (signedHeaders.toLowerCase() !== SIGNED_HEADERS)
    throw denied(`SignedHeaders must be ${SIGNED_HEADERS}, not ${signedHeaders}.`);
  return signature;
}

function checkSignature(
  { method, target, headers, body }: SignedRequest,
  key: KeyObject,
  clock: Clock,
): void {
  const signature = signatureIn(headerIn(headers, 'authorization'));
  const date = headerIn(headers, 'x-ms-date');
  const contentHash = headerIn(headers, 'x-ms-content-sha256');
  const host = headerIn(headers, 'host');
  checkDate(date, clock);
  if (!sameText(contentHash, sha256(body)))
    throw denied('x-ms-content-sha256 is not the SHA-256 hash of the body that arrived.');
  const signs = (path: string, authority: string) => {
    const text = `${method}\n${path}\n${date};${authority};${contentHash}`;
    return sameText(signature, createHmac('sha256', key).update(text).digest('base64'));
  };
  const isSignedOtherwise = () =>
    targetSpellings(target).some((path) => hostSpellings(host).some((authority) => signs(path, authority)));
  const authentic = signs(target, host) || isSignedOtherwise();
  if (!authentic)
    throw denied(
      `the signature does not fit: it was made with another access key, or over something other than ${method} ${target} at ${host}.`,
    );
}

/** Throws when the access key is not Base64. */
export function createAuthentication({ accessKey, acceptBearer, clock }: AuthOptions): Authenticate {
  const bytes = Buffer.from(accessKey, 'base64');
  if (bytes.length === 0 || bytes.toString('base64').replace(/=+$/, '') !== accessKey.replace(/=+$/, ''))
    throw new Error('The access key of the router is not Base64');
  // Made once: signing with bytes makes a key of them each time, which takes ten times as long as the signature.
  const key = createSecretKey(bytes);

  return (request) => {
    const authorization = headerIn(request.headers, 'authorization');
    if (!/^bearer /i.test(authorization)) return checkSignature(request, key, clock);
    if (!acceptBearer) throw denied('this router was started without acceptance of bearer tokens.');
  };
}
