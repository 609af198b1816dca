/**
 * Rules in a blob, read over HTTP: with a shared access signature in the address, or with the app's identity. The blob
 * is asked for with the ETag of the one known, so that an unchanged one costs an answer without a body.
 */
import type { Clock } from '../clock.ts';
import { formatNamed } from '../input/text/readText.ts';
import { orAborted } from '../orAborted.ts';
import type { RulesReader } from './rulesReader.ts';

/** What a reader needs besides the address. */
export interface RulesBlobOptions {
  readonly clock: Clock;
  /** A token of the app's identity for Azure Storage. Asked for only where the address is one of Azure Storage. */
  readonly storageToken: () => Promise<string>;
}

const PATIENCE_MILLISECONDS = 10_000;
const LONGEST_DOCUMENT_BYTES = 1_000_000;

/** The first version in which blobs take tokens is 2017-11-09 (documented). */
const STORAGE_VERSION = '2021-12-02';

/**
 * Hosts of Azure Storage in every cloud, those of DNS zones included. The token goes nowhere else: with it, whoever it
 * was sent to could read every account that the app may read.
 */
const storageHost =
  /\.blob\.(?:core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;

/** Whether the blob is asked for with the app's token: not where a signature in the address speaks for it. */
export const takesToken = ({ protocol, hostname, searchParams }: URL): boolean =>
  protocol === 'https:' && storageHost.test(hostname) && !searchParams.has('sig');

/** Rules at `address`, which is https or on this machine. */
export function rulesBlob(address: string, { clock, storageToken }: RulesBlobOptions): RulesReader {
  const url = new URL(address);

  async function headers(known: string | undefined): Promise<Record<string, string>> {
    return {
      accept: 'application/json, application/yaml',
      'x-ms-version': STORAGE_VERSION,
      ...(known !== undefined && { 'if-none-match': known }),
      ...(takesToken(url) && { authorization: `Bearer ${await storageToken()}` }),
    };
  }

  return {
    // Without the query, which may hold the signature.
    name: `the document at ${url.origin}${url.pathname}`,
    format: formatNamed(url.pathname),
    looksAgainAfterSeconds: 30,
    async read(known) {
      const signal = clock.deadline(PATIENCE_MILLISECONDS);
      // A redirect would show the address, its signature or the token to somebody else.
      const response = await fetch(url, {
        headers: await orAborted(headers(known), signal),
        redirect: 'manual',
        signal,
      });
      if (response.status === 304 && known !== undefined) {
        await response.body?.cancel();
        return 'unchanged';
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`it is answered with ${response.status}`);
      }
      return { text: await shortText(response), version: response.headers.get('etag') ?? undefined };
    },
  };
}

async function shortText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > LONGEST_DOCUMENT_BYTES) throw new Error(`it is longer than ${LONGEST_DOCUMENT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
