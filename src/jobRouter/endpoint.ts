/** A connection that can never work, whatever the router does. Its message holds no secret. */
export class UnusableConnectionError extends Error {
  override readonly name = 'UnusableConnectionError';
}

const loopbackHost = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether the endpoint is plain HTTP, which is for an emulator on this machine only: requests and answers
 * would cross the network in clear.
 *
 * @throws UnusableConnectionError for plain HTTP to anywhere else, and for what is no HTTP address.
 */
export function isPlainHttp(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  if (url?.protocol === 'https:') return false;
  if (url?.protocol !== 'http:') {
    throw new UnusableConnectionError(`The router endpoint "${endpoint}" is not an HTTPS address`);
  }
  if (loopbackHost.test(url.hostname)) return true;
  throw new UnusableConnectionError(
    `The router endpoint "${endpoint}" is plain HTTP; that is for this machine only, so use https for ${url.hostname}`,
  );
}
