import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Pool } from 'undici';
import { exchange } from './exchange.ts';

const API_VERSION = 'api-version=2023-11-01';

type Method = 'PATCH' | 'GET' | 'DELETE' | 'POST';

/** Signed requests to the emulator, made with as little else as possible. What is signed ahead costs nothing later. */
export class RouterClient {
  readonly #pool: Pool;
  readonly #host: string;
  readonly #key: KeyObject;
  readonly #signed = new Map<string, Record<string, string>>();

  constructor(pool: Pool, url: string, accessKey: string) {
    this.#pool = pool;
    this.#host = new URL(url).host;
    this.#key = createSecretKey(Buffer.from(accessKey, 'base64'));
  }

  signAhead(method: Method, path: string, content?: object): void {
    const target = targetOf(path);
    this.#signed.set(`${method} ${target}`, this.#signature(method, target, bodyOf(content)));
  }

  async send(method: Method, path: string, content?: object): Promise<void> {
    const body = bodyOf(content);
    const target = targetOf(path);
    const { status, text } = await exchange(this.#pool, {
      method,
      path: target,
      headers: {
        ...(this.#signed.get(`${method} ${target}`) ?? this.#signature(method, target, body)),
        ...(content && { 'content-type': 'application/merge-patch+json' }),
      },
      body: body || null,
    });
    if (status >= 300) throw new Error(`${method} ${target}: ${status} ${text}`);
  }

  #signature(method: string, target: string, body: string): Record<string, string> {
    const date = new Date().toUTCString();
    const hash = createHash('sha256').update(body).digest('base64');
    const signature = createHmac('sha256', this.#key)
      .update(`${method}\n${target}\n${date};${this.#host};${hash}`)
      .digest('base64');
    return {
      host: this.#host,
      'x-ms-date': date,
      'x-ms-content-sha256': hash,
      authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    };
  }
}

const targetOf = (path: string): string => `/routing/${path}?${API_VERSION}`;
const bodyOf = (content: object | undefined): string => (content ? JSON.stringify(content) : '');
