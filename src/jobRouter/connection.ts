import { transportOf } from './endpoint.ts';

/** How the app reaches its router and proves who it is. */
export type RouterConnection =
  | { readonly kind: 'accessKey'; readonly endpoint: string; readonly key: string }
  | {
      readonly kind: 'managedIdentity';
      readonly endpoint: string;
      /** Of a user-assigned identity; absent for the system-assigned one and for a developer's sign-in. */
      readonly clientId?: string;
    };

/** A connection that can never work, whatever the router does. Its message holds no secret. */
export class UnusableConnectionError extends Error {
  override readonly name = 'UnusableConnectionError';
}

/** Why a connection must never be opened, if so: what goes through it would cross the network in clear. */
export function connectionProblem({ kind, endpoint }: RouterConnection): string | undefined {
  const transport = transportOf(endpoint);
  if (typeof transport === 'object') return transport.problem;
  if (kind === 'accessKey' || transport === 'https') return undefined;
  return 'The router endpoint is plain HTTP, and the token of an identity is sent over https only';
}
