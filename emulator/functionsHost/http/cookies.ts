import type { RpcHttpCookie } from '../worker/rpc.ts';

const SAME_SITE = { lax: 'lax', strict: 'strict', explicitNone: 'none', none: undefined } as const;

const utcDate = (epochSeconds: number) => new Date(epochSeconds * 1000).toUTCString();

/**
 * A `Set-Cookie` line as ASP.NET Core, on which the real host stands, writes it: attribute names in lower case, the
 * value percent-encoded, `path=/` unless the app names another. Where we guessed: an app that does not say `sameSite`
 * gets no such attribute.
 */
export function setCookieLine(cookie: RpcHttpCookie): string {
  const expires = cookie.expires?.value?.seconds;
  const maxAge = cookie.maxAge?.value;
  const domain = cookie.domain?.value;
  const sameSite = SAME_SITE[cookie.sameSite ?? 'none'];
  const parts = [
    `${encodeURIComponent(cookie.name ?? '')}=${encodeURIComponent(cookie.value ?? '')}`,
    expires !== undefined && expires !== null && `expires=${utcDate(expires)}`,
    maxAge !== undefined && maxAge !== null && `max-age=${maxAge}`,
    domain && `domain=${domain}`,
    `path=${cookie.path?.value ?? '/'}`,
    cookie.secure?.value && 'secure',
    sameSite && `samesite=${sameSite}`,
    cookie.httpOnly?.value && 'httponly',
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join('; ');
}
