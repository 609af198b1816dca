import type { AddressInfo } from 'node:net';
import fastify from 'fastify';

export interface SeenRequest {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a text. */
  readonly body?: unknown;
}

/** One answer to everything, none at all, or the one that a request calls for. */
export type AnsweringScript = ScriptedAnswer | 'silence' | ((request: SeenRequest) => ScriptedAnswer);

/** An HTTP server on loopback that answers by its script and notes what it was asked. */
export async function startAnsweringServer(script: AnsweringScript) {
  const seen: SeenRequest[] = [];
  const { promise: asked, resolve: heard } = Promise.withResolvers<void>();
  const server = fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.all('*', (request, reply) => {
    const { method, url, headers, body } = request;
    const seenRequest = { method, url, headers, body: typeof body === 'string' ? body : '' };
    seen.push(seenRequest);
    heard();
    if (script === 'silence') return;
    const answer = typeof script === 'function' ? script(seenRequest) : script;
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    reply
      .code(answer.status)
      .headers({ 'content-type': 'application/json; charset=utf-8', ...answer.headers })
      .send(text);
  });
  let connections = 0;
  server.server.on('connection', () => {
    connections += 1;
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return {
    seen,
    /** Resolves when the first request has arrived. */
    asked,
    /** How many connections were opened so far. */
    connections: () => connections,
    connection: {
      kind: 'accessKey',
      endpoint: `http://127.0.0.1:${port}/`,
      key: 'a2V5',
    } as const,
    [Symbol.asyncDispose]: async () => {
      await server.close();
    },
  };
}
