import type * as z from 'zod';
import { messageOf } from '../../messageOf.ts';

/** A request as it came over the wire. */
export interface HostRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case; one entry per header line. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Every byte as it was sent, whatever the content type. */
  readonly body: Buffer;
}

export interface HostResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** A part of the host that answers some requests; undefined says that this request is none of them. */
export type Endpoint = (request: HostRequest) => Promise<HostResponse> | undefined;

/** The value of a header, lines joined by a comma as the host does; undefined when it was not sent. */
export const headerOf = (request: HostRequest, name: string): string | undefined =>
  request.headers.get(name)?.join(',');

/** A path as segments: no prefix, no empty parts. */
export const segmentsOf = (url: URL): string[] => url.pathname.split('/').filter((part) => part !== '');

/** The body as JSON of the given shape, or why it is not. */
export function parseJsonBody<Schema extends z.ZodType>(
  request: HostRequest,
  schema: Schema,
): { readonly value: z.infer<Schema> } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    return { problem: messageOf(error) };
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { value: parsed.data }
    : { problem: parsed.error.issues[0]?.message ?? 'unexpected' };
}

export const text = (status: number, body: string): HostResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

export const json = (status: number, value: unknown): HostResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
