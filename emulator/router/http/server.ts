/** The HTTP side of the Job Router emulator: bytes in, bytes out. What jobs do is the engine's business. */
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Clock } from '../../clock/clock.ts';
import type { Router } from '../router.ts';
import { headersForAll, refusalOfThrown, refuseUnreadable, sendRefusal } from './answers.ts';
import { type Authenticate, createAuthentication } from './auth.ts';
import { callOf, type Operation, type Reply, splitTarget } from './operation.ts';
import type { CheckQuota } from './quota.ts';
import { notEmulated, Refusal } from './refusal.ts';
import { createFaultGate, type RequestFault } from './requestFaults.ts';
import { routesTo } from './routes.ts';

export interface RouterServerOptions {
  readonly router: Router;
  /** The router's time; requests must be dated by it, unless `callersClock` says otherwise. */
  readonly clock: Clock;
  /** A fresh GUID. */
  readonly newId: () => string;
  /** Base64, as in a connection string. */
  readonly accessKey: string;
  /** Lets any bearer token through, as if it were a valid one. Off by default. */
  readonly acceptBearer?: boolean;
  /** Certificate and key in PEM; plain HTTP without them. */
  readonly https?: { readonly key: string; readonly cert: string };
  /** The clock by which callers date their requests, where that is not the router's: a clock moved by hand. */
  readonly callersClock?: Clock;
  /** Counts each authentic request, and throws the refusal of one too many. */
  readonly checkQuota?: CheckQuota;
  /** What goes wrong on purpose with a request for this operation; asked once for each. */
  readonly faultOf?: (operation: string) => RequestFault | undefined;
  /** Resolves when all that happened so far is safe; absent where nothing is kept. No answer leaves before. */
  readonly kept?: () => Promise<void>;
  /** Hears of every error that is nobody's fault but ours; the client gets a 500. Default: standard error. */
  readonly onBug?: (error: unknown) => void;
}

/** Ample: the longest id in a path, and the largest body. Where we guessed: neither limit is published. */
const MAXIMUM_ID_CHARACTERS = 512;
const MAXIMUM_BODY_BYTES = 1024 * 1024;

/** An absent Host header is left to the authentication, which names it in the service's envelope. */
const requireHostHeader = false;

const PREFIX = '/routing';

interface RoutingRequest {
  Params: Readonly<Record<string, string>>;
}

const bodyOf = ({ body }: FastifyRequest<RoutingRequest>): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.alloc(0);

/** `/jobs/{jobId}:cancel` in fastify's words: an id before an action must not swallow the action's colon. */
const fastifyPath = (path: string): string =>
  path
    .slice(PREFIX.length)
    .replace(/\{(\w+)\}(:?)/g, (_, name: string, colon: string) =>
      colon ? `:${name}([^:]+)::` : `:${name}`,
    );

interface Routing extends RouterServerOptions {
  readonly authenticate: Authenticate;
  readonly callersClock: Clock;
}

type Handler = (
  request: FastifyRequest<RoutingRequest>,
  reply: FastifyReply,
) => FastifyReply | Promise<FastifyReply>;

const perform = (operation: Operation, request: FastifyRequest<RoutingRequest>): Reply => {
  const { url: target, headers, params } = request;
  return operation(callOf({ target, headers, params, body: bodyOf(request) }));
};

const answer = (reply: FastifyReply, { status, headers, body }: Reply): FastifyReply =>
  reply
    .code(status)
    .headers(headers ?? {})
    .send(body);

/** Everything under /routing. Bodies stay bytes until the request is known to be authentic. */
function addRouting(server: FastifyInstance, routing: Routing): void {
  const { router, authenticate, checkQuota, faultOf, kept, callersClock } = routing;
  const gate = createFaultGate(callersClock);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook<RoutingRequest>('preHandler', async (request) => {
    const { method, url: target, headers } = request;
    authenticate({ method, target, headers, body: bodyOf(request) });
    checkQuota?.();
  });
  server.addHook('preClose', async () => gate.close());
  server.setNotFoundHandler(({ method, url }) => {
    throw notEmulated(`${method} ${splitTarget(url).path}`);
  });

  /** A refusal, too, waits: it may tell of what another request did that is not safe yet. */
  async function performKept(operation: Operation, request: FastifyRequest<RoutingRequest>): Promise<Reply> {
    try {
      return perform(operation, request);
    } finally {
      await kept?.();
    }
  }

  async function performDespite(
    fault: RequestFault,
    operation: Operation,
    request: FastifyRequest<RoutingRequest>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (!(await gate.before(fault, reply))) return reply;
    const result = await performKept(operation, request);
    return (await gate.after(fault, reply)) ? answer(reply, result) : reply;
  }

  const answering =
    (name: string, operation: Operation): Handler =>
    (request, reply) => {
      const fault = faultOf?.(name);
      if (fault) return performDespite(fault, operation, request, reply);
      if (kept) return performKept(operation, request).then((result) => answer(reply, result));
      return answer(reply, perform(operation, request));
    };

  for (const [method, path, name, operation] of routesTo(router))
    server.route<RoutingRequest>({ method, url: fastifyPath(path), handler: answering(name, operation) });
}

/**
 * The router's REST interface, not listening yet: the caller may register more (the control routes) and calls
 * `listen`. Requests under /routing are authenticated; whatever else is registered is not.
 */
export function createRouterServer(options: RouterServerOptions): FastifyInstance {
  const { clock, accessKey, acceptBearer = false, https, callersClock = clock } = options;
  const onBug = options.onBug ?? ((error) => console.error('The router emulator failed:', error));
  const authenticate = createAuthentication({ accessKey, acceptBearer, clock: callersClock });

  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOfThrown(error);
    if (!refusal) onBug(error);
    return sendRefusal(request, reply, refusal ?? new Refusal(500, 'The emulator failed; its log says why.'));
  };

  const settings = {
    bodyLimit: MAXIMUM_BODY_BYTES,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: MAXIMUM_ID_CHARACTERS, ignoreTrailingSlash: true },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      void refuse(error, request, reply.headers(headersForAll(request.headers, options))),
    clientErrorHandler: refuseUnreadable,
  };
  const server: FastifyInstance = https
    ? fastify({ ...settings, https: { key: https.key, cert: https.cert, requireHostHeader } })
    : fastify({ ...settings, http: { requireHostHeader } });

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headersForAll(request.headers, options));
  });
  server.setErrorHandler(refuse);
  server.setNotFoundHandler((request) => {
    throw new Refusal(404, `There is nothing at ${request.method} ${request.url}.`);
  });
  server.register(async (scope) => addRouting(scope, { ...options, authenticate, callersClock }), {
    prefix: PREFIX,
  });
  return server;
}
