/** What an operation sees of a request, and what it may say. No operation touches the server. */
import type { IncomingHttpHeaders } from 'node:http';
import type * as z from 'zod';
import { splitTarget } from '../../http/surface.ts';
import { idFrom } from '../engine/ids.ts';
import { type ApiVersion, apiVersionOf } from './apiVersion.ts';
import { actionOptions, mergePatch } from './decode.ts';

export interface Reply {
  readonly status: 200 | 201 | 204;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent with 204 only. */
  readonly body?: object;
}

/** Answers one request, or throws a Refusal. Synchronous: what it reads and what it commands are one turn. */
export type Operation = (call: Call) => Reply;

/** One authenticated request. */
export interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly version: ApiVersion;
  /** The id in the path under the name the route gives it. */
  id<AnyId extends string>(name: string): AnyId;
  /** The body as a merge patch. Throws a Refusal. */
  patch<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
  /** The body as the options of an action, all of them optional. Throws a Refusal. */
  options<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

/** A request as the server has it. */
export interface IncomingCall {
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

const queryOf = (target: string): URLSearchParams => new URLSearchParams(splitTarget(target).query);

/** Throws a Refusal when the api-version is none. */
export function callOf({ target, headers, params, body }: IncomingCall): Call {
  const query = queryOf(target);
  return {
    headers,
    query,
    version: apiVersionOf(query),
    id: <AnyId extends string>(name: string): AnyId => {
      const text = params[name];
      if (text === undefined) throw new Error(`The route has no {${name}}`);
      return idFrom<AnyId>(text);
    },
    patch: (schema) => mergePatch(schema, body, headers['content-type']),
    options: (schema) => actionOptions(schema, body, headers['content-type']),
  };
}

export const ok = (body: object): Reply => ({ status: 200, body });
/** Actions without a result answer an empty object (recorded). */
export const done: Reply = ok({});
export const noContent: Reply = { status: 204 };
