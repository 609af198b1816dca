import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import type { Pool } from 'undici';
import { exchange } from './exchange.ts';

/** Azurite's published development account. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const HOUR_MILLISECONDS = 3_600_000;

/** Requests to a storage queue under a shared access signature, which is made once; Azurite checks it every time. */
export class AzuriteClient {
  readonly #pool: Pool;
  readonly #signature: string;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#signature = generateAccountSASQueryParameters(
      {
        expiresOn: new Date(Date.now() + HOUR_MILLISECONDS),
        permissions: AccountSASPermissions.parse('rwdlacup'),
        services: AccountSASServices.parse('q').toString(),
        resourceTypes: AccountSASResourceTypes.parse('sco').toString(),
      },
      new StorageSharedKeyCredential(ACCOUNT, KEY),
    ).toString();
  }

  async send(method: 'PUT' | 'POST' | 'GET' | 'DELETE', path: string, body?: string): Promise<string> {
    const target = `/${ACCOUNT}/${path}${path.includes('?') ? '&' : '?'}${this.#signature}`;
    const headers = body ? { 'content-type': 'application/xml' } : {};
    const request = { method, path: target, headers, body: body ?? null };
    const { status, text } = await exchange(this.#pool, request);
    if (status >= 300) throw new Error(`${method} ${target}: ${status} ${text}`);
    return text;
  }
}
