/**
 * The HTTP server of the emulator: node:http with find-my-way, the router inside fastify. Fastify itself would be
 * 20 MB and 70 ms of what the emulator takes to start, for validation, logging and plugins that nothing here uses.
 */
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import findMyWay from 'find-my-way';
import { readBody } from './body.ts';
import { KEEP_ALIVE_MILLISECONDS } from './keepAlive.ts';
import { RequestProblem } from './problem.ts';
import {
  type Answering,
  type HttpAnswer,
  type HttpHeaders,
  type HttpRequest,
  type LastWord,
  type Surface,
  splitTarget,
} from './surface.ts';

// An import of node:http reads all its exports, and some of them load a second HTTP client: 10 MB, 50 ms.
const http = process.getBuiltinModule('node:http');

export interface HttpServerOptions {
  readonly surfaces: readonly Surface[];
  /** Has the last word on paths of no surface. */
  readonly elsewhere: LastWord;
  /** The headers that every answer has, whatever its status. */
  readonly headersForAll?: (request: IncomingHttpHeaders) => HttpHeaders;
  /** Answers bytes that are no HTTP request at all. */
  readonly refuseUnreadable?: (error: NodeJS.ErrnoException, socket: Socket) => void;
  /** Makes node's server; plain HTTP unless given. */
  readonly createNodeServer?: CreateNodeServer;
}

/** What both `node:http` and `node:https` offer, the latter with its certificate bound. */
export type CreateNodeServer = (settings: typeof SETTINGS, onRequest: OnRequest) => Server;
type OnRequest = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpServer {
  /** Answers one request; what tests call without a port. */
  readonly handle: OnRequest;
  /** Resolves with the base address, without a slash at its end. 0 takes a free port. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** Accepts nothing more and resolves when all answers are out. */
  close(): Promise<void>;
}

/** Ample: the longest part of a path, and the largest body. Where we guessed: neither limit is published. */
const LONGEST_PART_CHARACTERS = 512;
const LARGEST_BODY_BYTES = 1024 * 1024;

/** An absent Host header is left to the surfaces, which refuse it in their own words. */
const SETTINGS = {
  requireHostHeader: false,
  keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
  requestTimeout: 0,
} as const;

const JSON_TYPE = 'application/json; charset=utf-8';

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { surfaces, elsewhere, headersForAll = () => ({}), createNodeServer = http.createServer } = options;

  function serve(incoming: IncomingMessage, response: ServerResponse, found: Found): void {
    const { surface, answer, params = {}, largestBodyBytes = LARGEST_BODY_BYTES } = found;
    const { method = 'GET', url: target = '/', headers } = incoming;
    const common = headersForAll(headers);
    const sendAnswer = (result: HttpAnswer | undefined) => {
      if (result) send(response, result, common);
    };
    const refuse = (error: unknown) => send(response, surface.refuse(error, { method, target }), common);

    readBody(incoming, largestBodyBytes, (body) => {
      if (body instanceof RequestProblem) {
        // The rest of the body is not waited for, so the connection is of no more use.
        return send(response, surface.refuse(body, { method, target }), { ...common, connection: 'close' });
      }
      try {
        const result = answer({
          scheme,
          method,
          target,
          headers,
          params,
          body,
          cut: () => void response.destroy(),
        });
        if (result instanceof Promise) result.then(sendAnswer).catch(refuse);
        else sendAnswer(result);
      } catch (error) {
        refuse(error);
      }
    });
  }

  const handle = routing(surfaces, elsewhere, serve);
  const server = createNodeServer(SETTINGS, handle);
  const scheme = 'setSecureContext' in server ? 'https' : 'http';
  if (options.refuseUnreadable) server.on('clientError', options.refuseUnreadable);

  return {
    handle,
    async listen({ host, port }) {
      server.listen(port, host);
      await once(server, 'listening');
      const { port: taken } = server.address() as AddressInfo;
      return `${scheme}://${host}:${taken}`;
    },
    async close() {
      for (const surface of surfaces) surface.close?.();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

/** What answers a request: a route, the last word of a surface, or a problem with the path itself. */
interface Found {
  readonly surface: LastWord;
  readonly answer: Answering;
  readonly params?: HttpRequest['params'];
  readonly largestBodyBytes?: number | undefined;
}

type Serve = (request: IncomingMessage, response: ServerResponse, found: Found) => void;

function routing(surfaces: readonly Surface[], elsewhere: LastWord, serve: Serve): OnRequest {
  const surfaceOf = ({ url: target = '/' }: IncomingMessage): LastWord => {
    const { path } = splitTarget(target);
    return surfaces.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`)) ?? elsewhere;
  };
  const throwing = (problem: RequestProblem): Answering => {
    return () => {
      throw problem;
    };
  };
  const router = findMyWay({
    ignoreTrailingSlash: true,
    maxParamLength: LONGEST_PART_CHARACTERS,
    // Each surface reads the query by itself.
    querystringParser: () => ({}),
    defaultRoute(request, response) {
      const surface = surfaceOf(request);
      serve(request, response, { surface, answer: surface.otherwise });
    },
    onBadUrl(path, request, response) {
      const problem = new RequestProblem(400, 'InvalidRequest', `'${path}' is not a valid url component`);
      serve(request, response, { surface: surfaceOf(request), answer: throwing(problem) });
    },
    onMaxParamLength(path, request, response) {
      const problem = new RequestProblem(
        414,
        'InvalidRequest',
        `'${path}' is exceeding the max param length`,
      );
      serve(request, response, { surface: surfaceOf(request), answer: throwing(problem) });
    },
  });
  for (const surface of surfaces) {
    for (const { method, path, answer, largestBodyBytes } of surface.routes) {
      router.on(method, `${surface.prefix}${path}`, (request, response, params) =>
        serve(request, response, { surface, answer, params, largestBodyBytes }),
      );
    }
  }
  return (request, response) => router.lookup(request, response);
}

function send(response: ServerResponse, answer: HttpAnswer, common: HttpHeaders): void {
  const { status, headers, body, isForPeople } = answer;
  if (body === undefined) {
    response.writeHead(status, { ...common, ...headers }).end();
    return;
  }
  const text = JSON.stringify(body, undefined, isForPeople ? 2 : 0);
  const length = Buffer.byteLength(text);
  response
    .writeHead(status, { ...common, ...headers, 'content-type': JSON_TYPE, 'content-length': length })
    .end(text);
}
