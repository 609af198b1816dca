import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { App } from '../composition.ts';
import type { Handling } from '../handleRouterEvent.ts';
import type { Caller, Role } from './caller.ts';

/** One operation of the HTTP surface: where it is, who may ask for it, and what answers. */
export interface Endpoint {
  /** Its name as a function, which is its operationId as well. */
  readonly name: string;
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** Without the prefix `api/`, with parameters in braces: `jobs/{jobId}`. */
  readonly route: string;
  /** Which key Azure asks for. */
  readonly level: 'admin' | 'anonymous' | 'function';
  /** Whoever signed in needs one of these, where signing in is asked for; none: it is open to everybody. */
  readonly roles: readonly Role[];
  readonly answer: (request: HttpRequest, parts: EndpointParts) => Promise<HttpResponseInit>;
}

/** What an endpoint answers with. */
export interface EndpointParts {
  readonly app: App;
  readonly caller: Caller;
  /** For endpoints that have events handled. */
  readonly log: Handling['log'];
}
