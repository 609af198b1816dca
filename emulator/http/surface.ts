/** What a server is made of: surfaces, each with its own paths, its own refusals and its own last word. */
import type { IncomingHttpHeaders } from 'node:http';

/** A request that has arrived whole. */
export interface HttpRequest {
  readonly scheme: 'http' | 'https';
  readonly method: string;
  /** Path and query, byte for byte as received. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** The named parts of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Empty where there is none. */
  readonly body: Buffer;
  /** Breaks the connection off without a word. */
  cut(): void;
}

/** Names in lower case. */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpAnswer {
  readonly status: number;
  /** Besides those that every answer of the server has, and those that go with the body. */
  readonly headers?: HttpHeaders | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** With line breaks, where people read it. */
  readonly isForPeople?: boolean;
}

/** Undefined says that nobody answers this request. */
export type Answering = (request: HttpRequest) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;

export interface Route {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below the prefix of its surface, in find-my-way's words: `/jobs/:jobId`. */
  readonly path: string;
  readonly answer: Answering;
  /** Default: the server's. */
  readonly largestBodyBytes?: number;
}

/** What is said where no route has the say. */
export interface LastWord {
  /** Answers what none of the routes fits. */
  readonly otherwise: Answering;
  /** What the client is told of a thing that was thrown. */
  refuse(error: unknown, request: Pick<HttpRequest, 'method' | 'target'>): HttpAnswer;
}

export interface Surface extends LastWord {
  /** Begins each of its paths: `/routing`. */
  readonly prefix: string;
  readonly routes: readonly Route[];
  /** Called when the server closes, so that no connection is held open for ever. */
  close?(): void;
}

/** The path of a request target, and its query without the question mark. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  return mark === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
