import { signatureHeaders } from './signedRequest.ts';

export interface SignedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One signed request to a router that listens, dated by the machine. */
export async function signedFetch(
  connectionString: string,
  method: string,
  path: string,
  content?: unknown,
): Promise<SignedAnswer> {
  const [, endpoint = '', accessKey = ''] = /endpoint=(.+?)\/?;accesskey=(.+)$/.exec(connectionString) ?? [];
  const target = `${path}${path.includes('?') ? '&' : '?'}api-version=2023-11-01`;
  const body = content === undefined ? '' : JSON.stringify(content);
  const { host } = new URL(endpoint);
  const answer = await fetch(`${endpoint}${target}`, {
    method,
    headers: {
      ...(body !== '' && {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      }),
      ...signatureHeaders({ method, target, body, host, date: new Date().toUTCString(), accessKey }),
    },
    ...(body !== '' && { body }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}
