/**
 * The emulator's router behind the app's own client, without sockets, signatures and time: every request goes through the
 * client's pipeline to the operation that a server would have called. For tests that need very many calls.
 */
import { getClient } from '@azure-rest/core-client';
import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { createManualClock, type ManualClock } from '../../emulator/clock/manualClock.ts';
import { createRouterEngine } from '../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../emulator/router/engine/delays.ts';
import { refusalOfThrown } from '../../emulator/router/http/answers.ts';
import { callOf, type Operation } from '../../emulator/router/http/operation.ts';
import { errorBody } from '../../emulator/router/http/refusal.ts';
import { routesTo } from '../../emulator/router/http/routes.ts';
import { createRouter, type LiveRouter } from '../../emulator/router/router.ts';
import { parseExpression } from '../../emulator/router/rules/parseExpression.ts';
import { createAcsJobRouter } from '../../src/jobRouter/acsJobRouter.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import { apiVersion } from '../../src/jobRouter/restClient.ts';
import { NINE_AM } from './routerSurface.ts';

/** A router, and everything a test does to it. */
export interface RouterInProcess {
  /** The port of the app. */
  readonly jobRouter: JobRouter;
  /** The emulator behind it. */
  readonly router: LiveRouter;
  readonly clock: ManualClock;
  /** Every request so far, as `PATCH /routing/queues/queue-1`. */
  readonly requests: readonly string[];
  /** A request of somebody else: its status and its body. */
  send(method: string, path: string, body?: object): { readonly status: number; readonly body: unknown };
}

export interface RouterInProcessOptions {
  /** Called before every request; what it throws reaches whoever called the port, as if the process had died. */
  readonly beforeRequest?: (request: string) => void;
}

/** Whatever the test throws on purpose. A transport error would only be tried again. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export function routerInProcess({ beforeRequest }: RouterInProcessOptions = {}): RouterInProcess {
  const clock = createManualClock(NINE_AM);
  let ids = 0;
  const router = createRouter({
    startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, noDelays, saved),
    clock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    random: () => 0.5,
    onFact: () => {},
  });
  const routes = routesTo(router).map(([method, path, , operation]) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/:]+)')}$`),
    operation,
  }));
  const requests: string[] = [];

  function send(method: string, target: string, body?: object) {
    const { pathname } = new URL(target, 'http://router.test');
    const versioned = target.includes('api-version=')
      ? target
      : `${target}${target.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
    return answer(method, pathname, versioned, body && JSON.stringify(body), {});
  }

  function answer(
    method: string,
    pathname: string,
    target: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ) {
    const route = find(routes, method, pathname);
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    try {
      const reply = route.operation(
        callOf({
          target,
          headers: { 'content-type': type, ...headers },
          params: route.params,
          body: Buffer.from(body ?? ''),
        }),
      );
      return { status: reply.status, headers: reply.headers ?? {}, body: reply.body };
    } catch (error) {
      const refusal = refusalOfThrown(error);
      if (!refusal) throw error;
      return { status: refusal.status, headers: {}, body: errorBody(refusal, pathname) };
    }
  }

  const httpClient: HttpClient = {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      const url = new URL(request.url);
      const named = `${request.method} ${decodeURIComponent(url.pathname)}`;
      requests.push(named);
      const body = typeof request.body === 'string' ? request.body : undefined;
      const { status, headers, body: json } = answer(
        request.method,
        url.pathname,
        `${url.pathname}${url.search}`,
        body,
        request.headers.toJSON(),
      );
      return {
        request,
        status,
        headers: createHttpHeaders({ ...headers, 'content-type': 'application/json' }),
        bodyAsText: json === undefined ? '' : JSON.stringify(json),
      };
    },
  };
  const client = getClient('http://127.0.0.1', {
    apiVersion,
    httpClient,
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
  for (const { name } of client.pipeline.getOrderedPolicies()) {
    if (name !== 'ApiVersionPolicy') client.pipeline.removePolicy({ name });
  }
  const open = async () => ({ path: client.pathUnchecked });
  const jobRouter = createAcsJobRouter({ open, clock: standing(clock), chance: { next: () => 0 }, budget: unlimited });
  return {
    jobRouter: beforeRequest ? killable(jobRouter, beforeRequest) : jobRouter,
    router,
    clock,
    requests,
    send,
  };
}

/** The port, with somebody before its calls for resources who may throw. */
function killable(jobRouter: JobRouter, before: (request: string) => void): JobRouter {
  return {
    ...jobRouter,
    resources(kind) {
      const calls = jobRouter.resources(kind);
      return {
        list: async (...given) => (before(`list ${kind}`), calls.list(...given)),
        get: async (id) => (before(`get ${kind}/${id}`), calls.get(id)),
        upsert: async (...given) => (before(`upsert ${kind}/${given[0]}`), calls.upsert(...given)),
        delete: async (id) => (before(`delete ${kind}/${id}`), calls.delete(id)),
      };
    },
  };
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: Operation;
}

function find(routes: readonly Route[], method: string, pathname: string) {
  for (const route of routes) {
    const match = route.method === method && route.pattern.exec(pathname);
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { operation: route.operation, params: Object.fromEntries(params) };
  }
  throw new Error(`No route for ${method} ${pathname}`);
}

/** Nobody waits and no deadline strikes. */
const standing = (clock: ManualClock) => {
  const { signal } = new AbortController();
  return { now: () => new Date(clock.now()), wait: async () => {}, deadline: () => signal };
};

const unlimited = {
  take: async () => ({ kind: 'granted' }) as const,
  pause: () => {},
  use: () => ({ requestsIn10Seconds: 0, quota: 0, waiting: 0 }),
};
