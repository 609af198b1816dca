import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { logTo } from '../handling/logTo.ts';
import { admit } from './access.ts';
import type { Endpoint } from './endpoint.ts';
import { problemResponse } from './problem.ts';
import { withApp } from './withApp.ts';

/** How the worker calls an endpoint. */
export type Served = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/** Registers an endpoint as a function of its name, and returns what answers it. */
export function serve(endpoint: Endpoint): Served {
  const { name, method, route, level } = endpoint;
  const handler = answering(endpoint);
  app.http(name, { methods: [method], route, authLevel: level, handler });
  return handler;
}

/** What answers an endpoint: the app is built, whoever asks may ask, and no failure gets out. Registers nothing. */
export const answering =
  (endpoint: Endpoint): Served =>
  async (request, context) => {
    try {
      const answer = await withApp(async (parts) => {
        const caller = admit(endpoint, request.headers, parts.signIn);
        return caller.kind === 'problem'
          ? problemResponse(caller.problem)
          : endpoint.answer(request, { app: parts, caller: caller.value, log: logTo(context) });
      });
      return withStandardHeaders(answer);
    } catch (failure) {
      return withStandardHeaders(unexpected(failure, context));
    }
  };

/**
 * Answers tell about people: nobody on the way keeps one, and no browser takes one for something else than it is.
 *
 * @throws for a header that cannot be sent.
 */
const withStandardHeaders = (init: HttpResponseInit): HttpResponseInit => ({
  ...init,
  headers: {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...Object.fromEntries(new Headers(init.headers)),
  },
});

/** The log has the failure, by the invocation that the answer names; the caller learns nothing of the inside. */
function unexpected(failure: unknown, context: InvocationContext): HttpResponseInit {
  context.error(failure);
  return problemResponse({
    name: 'internal',
    status: 500,
    detail: `The app failed. Its log says why, under invocation ${context.invocationId}.`,
  });
}
