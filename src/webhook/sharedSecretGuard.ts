import { createHash, timingSafeEqual } from 'node:crypto';
import type { Guard } from './guard.ts';

/** The header in which Event Grid sends the secret, as a delivery property of the subscription. */
export const SECRET_HEADER = 'x-router-events-secret';

/**
 * Admits whoever knows one of `secrets`. All of them are compared, and as hashes of one length, so that the time it
 * takes tells nothing about any of them.
 */
export function sharedSecretGuard(secrets: readonly string[]): Guard {
  const known = secrets.map(digest);
  return async (headers) => {
    const given = headers.get(SECRET_HEADER);
    if (given === null) return { kind: 'refused', why: `without the header ${SECRET_HEADER}` };
    const told = digest(given);
    const matches = known.map((secret) => timingSafeEqual(secret, told));
    return matches.includes(true)
      ? { kind: 'admitted' }
      : { kind: 'refused', why: `with a wrong ${SECRET_HEADER}` };
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
