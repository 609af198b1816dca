/**
 * Signatures as the Standard Webhooks specification has them (version 1.0.0, standardwebhooks.com): whoever is called
 * can check that it was this app that called, that the body is the one that was sent, and that it is not old.
 */
import { createHmac } from 'node:crypto';

/** The specification's own bounds for the key. */
const SHORTEST_KEY_BYTES = 24;
const LONGEST_KEY_BYTES = 64;

/** What keeps a text from being a signing secret, if so. Never holds the secret. */
export function signingSecretProblem(secret: string): string | undefined {
  const base64 = withoutPrefix(secret);
  const isBase64 = base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  if (!isBase64) return 'is not base64; it may have been cut off';
  const { length } = keyOf(secret);
  return length < SHORTEST_KEY_BYTES || length > LONGEST_KEY_BYTES
    ? `holds ${length} bytes, and a signing secret has ${SHORTEST_KEY_BYTES} to ${LONGEST_KEY_BYTES}`
    : undefined;
}

/** What is signed: one message, and the moment it is sent. */
export interface Signed {
  /** The same for every attempt to deliver one message. */
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/** The three headers of the specification. */
export function signatureHeaders({ id, at, body }: Signed, secret: string): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

const keyOf = (secret: string): Buffer => Buffer.from(withoutPrefix(secret), 'base64');

const withoutPrefix = (secret: string): string => secret.replace(/^whsec_/, '');
