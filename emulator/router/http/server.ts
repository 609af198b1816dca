/** The HTTP side of the Job Router emulator: bytes in, bytes out. What jobs do is the engine's business. */
import type { Clock } from '../../clock/clock.ts';
import { type CreateNodeServer, createHttpServer, type HttpServer } from '../../http/server.ts';
import {
  type Answering,
  type HttpAnswer,
  type HttpRequest,
  type Surface,
  splitTarget,
} from '../../http/surface.ts';
import type { Router } from '../router.ts';
import { answerOf, headersForAll, refusalOfThrown, refuseUnreadable } from './answers.ts';
import { type Authenticate, createAuthentication } from './auth.ts';
import { callOf, type Operation, type Reply } from './operation.ts';
import type { CheckQuota } from './quota.ts';
import { notEmulated, Refusal } from './refusal.ts';
import { createFaultGate, type RequestFault } from './requestFaults.ts';
import { routesTo } from './routes.ts';

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

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
  readonly https?: Certificate;
  /** The clock by which callers date their requests, where that is not the router's: a clock moved by hand. */
  readonly callersClock?: Clock;
  /** Counts each authentic request, and throws the refusal of one too many. */
  readonly checkQuota?: CheckQuota;
  /** What goes wrong on purpose with a request for this operation; asked once for each. */
  readonly faultOf?: (operation: string) => RequestFault | undefined;
  /** Resolves when all that happened so far is safe; absent where nothing is kept. No answer leaves before. */
  readonly kept?: () => Promise<void>;
  /** What else the server offers; nobody is authenticated there. */
  readonly beside?: readonly Surface[];
  /** Hears of every error that is nobody's fault but ours; the client gets a 500. Default: standard error. */
  readonly onBug?: (error: unknown) => void;
}

const PREFIX = '/routing';

/** `/jobs/{jobId}:cancel` in find-my-way's words: an id before an action must not swallow the action's colon. */
const pathBelow = (path: string): string =>
  path
    .slice(PREFIX.length)
    .replaceAll(/\{(\w+)\}:/g, ':$1([^:]+)::')
    .replaceAll(/\{(\w+)\}/g, ':$1');

interface Routing extends RouterServerOptions {
  readonly authenticate: Authenticate;
  readonly callersClock: Clock;
  readonly refuse: Surface['refuse'];
}

/** Everything under /routing. Bodies stay bytes until the request is known to be authentic. */
function routingSurface(routing: Routing): Surface {
  const { router, authenticate, checkQuota, faultOf, kept, callersClock, refuse } = routing;
  const gate = createFaultGate(callersClock);

  function admit(request: HttpRequest): void {
    authenticate(request);
    checkQuota?.();
  }

  const perform = (operation: Operation, request: HttpRequest): Reply => operation(callOf(request));

  /** A refusal, too, waits: it may tell of what another request did that is not safe yet. */
  async function performKept(operation: Operation, request: HttpRequest): Promise<Reply> {
    try {
      return perform(operation, request);
    } finally {
      await kept?.();
    }
  }

  async function performDespite(
    fault: RequestFault,
    operation: Operation,
    request: HttpRequest,
  ): Promise<Reply | undefined> {
    if (!(await gate.before(fault, request))) return undefined;
    const reply = await performKept(operation, request);
    return (await gate.after(fault, request)) ? reply : undefined;
  }

  const answering =
    (name: string, operation: Operation): Answering =>
    (request) => {
      admit(request);
      const fault = faultOf?.(name);
      if (fault) return performDespite(fault, operation, request);
      return kept ? performKept(operation, request) : perform(operation, request);
    };

  return {
    prefix: PREFIX,
    routes: routesTo(router).map(([method, path, name, operation]) => ({
      method,
      path: pathBelow(path),
      answer: answering(name, operation),
    })),
    otherwise(request) {
      admit(request);
      throw notEmulated(`${request.method} ${splitTarget(request.target).path}`);
    },
    refuse,
    close: gate.close,
  };
}

/** Makes `node:https` servers of this certificate. It is loaded only here: it costs 4 MB that few need. */
const secured =
  (certificate: Certificate): CreateNodeServer =>
  (settings, onRequest) =>
    process.getBuiltinModule('node:https').createServer({ ...settings, ...certificate }, onRequest);

/**
 * The router's REST interface, not listening yet. Requests under /routing are authenticated; whatever is beside it is
 * not.
 */
export function createRouterServer(options: RouterServerOptions): HttpServer {
  const { clock, accessKey, acceptBearer = false, https, beside = [], callersClock = clock } = options;
  const onBug = options.onBug ?? ((error) => console.error('The router emulator failed:', error));
  const authenticate = createAuthentication({ accessKey, acceptBearer, clock: callersClock });

  function refuse(error: unknown, { target }: Pick<HttpRequest, 'target'>): HttpAnswer {
    const refusal = refusalOfThrown(error);
    if (!refusal) onBug(error);
    return answerOf(refusal ?? new Refusal(500, 'The emulator failed; its log says why.'), target);
  }

  return createHttpServer({
    surfaces: [routingSurface({ ...options, authenticate, callersClock, refuse }), ...beside],
    elsewhere: {
      otherwise({ method, target }) {
        throw new Refusal(404, `There is nothing at ${method} ${target}.`);
      },
      refuse,
    },
    headersForAll: (headers) => headersForAll(headers, options),
    refuseUnreadable,
    ...(https && { createNodeServer: secured(https) }),
  });
}
