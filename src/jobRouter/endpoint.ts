const loopbackHost = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * How an endpoint is reached, or why it must not be. Plain HTTP is for an emulator on this machine only: to
 * anywhere else, requests and answers would cross the network in clear. Of an endpoint no more is told than the host: in
 * its place may stand, by mistake, a whole connection string.
 */
export function transportOf(endpoint: string): 'https' | 'loopbackHttp' | { readonly problem: string } {
  const url = URL.parse(endpoint);
  if (url?.protocol === 'https:') return 'https';
  if (url?.protocol !== 'http:') {
    return { problem: 'The router endpoint is not an HTTPS address' };
  }
  if (loopbackHost.test(url.hostname)) return 'loopbackHttp';
  return {
    problem: `The router endpoint ${url.host} is plain HTTP; that is for this machine only, so use https`,
  };
}
