import { HttpRequest, type HttpResponseInit } from '@azure/functions';
import type { App } from '../../src/composition.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { testApp } from './testApp.ts';

/** Asks an endpoint as somebody with a key. @param body sent as JSON, or as it is when it is a text. */
export const askEndpoint = (
  { method, route, answer }: Endpoint,
  parts: Partial<App>,
  body?: unknown,
): Promise<HttpResponseInit> =>
  answer(
    new HttpRequest({
      method,
      url: `https://app.example/api/${route}`,
      ...(body !== undefined && { body: { string: typeof body === 'string' ? body : JSON.stringify(body) } }),
    }),
    { app: testApp(parts), caller: { kind: 'keyHolder' }, log: () => {} },
  );
