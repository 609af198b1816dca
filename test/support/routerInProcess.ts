/**
 * The emulator's router behind the app's own port, without sockets, signatures and time: every request goes straight to
 * the operation that a server would have called. For tests that make very many of them.
 */

import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { RequestParameters } from '@azure-rest/core-client';
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
import { apiVersion, type RestClient } from '../../src/jobRouter/restClient.ts';
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

/** The end of the process that was calling. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export function routerInProcess(): RouterInProcess {
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

  function send(method: string, path: string, body?: object) {
    const target = `${path}${path.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
    return answer(method, target, body && JSON.stringify(body), {});
  }

  function answer(
    method: string,
    target: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ) {
    const pathname = pathOf(target);
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

  function ask(method: string, template: string, ids: readonly unknown[], options: RequestParameters = {}) {
    const left = ids.values();
    const filled = template.replaceAll(/\{\w+\}/g, () => encodeURIComponent(String(left.next().value)));
    const query = Object.entries({ ...options.queryParameters, 'api-version': apiVersion })
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
      .join('&');
    requests.push(`${method} ${pathOf(filled)}`);
    const { 'If-Match': ifMatch } = { 'If-Match': undefined, ...options.headers };
    const { status, headers, body } = answer(
      method,
      `${filled}${filled.includes('?') ? '&' : '?'}${query}`,
      options.body === undefined ? undefined : JSON.stringify(options.body),
      ifMatch === undefined ? {} : { 'if-match': String(ifMatch) },
    );
    const read: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    const rawHeaders = lowerCased(headers);
    options.onResponse?.({ request, status, headers: noHeaders, rawHeaders });
    const response = { request, status: String(status), headers: rawHeaders, body: read };
    return Object.assign(Promise.resolve(response), { asNodeStream: noStream, asBrowserStream: noStream });
  }

  const path: RestClient['path'] = (template, ...ids) => {
    const asking = (method: string) => (options?: RequestParameters) => ask(method, template, ids, options);
    return {
      get: asking('GET'),
      post: asking('POST'),
      put: asking('PUT'),
      patch: asking('PATCH'),
      delete: asking('DELETE'),
      head: asking('HEAD'),
      options: asking('OPTIONS'),
      trace: asking('TRACE'),
    };
  };
  const open = async () => ({ path });
  const jobRouter = createAcsJobRouter({
    open,
    clock: standing(clock),
    chance: { next: () => 0 },
    budget: unlimited,
  });
  return { jobRouter, router, clock, requests, send };
}

/** The official types ask for one with every response; nobody looks at it. */
const request = createPipelineRequest({ url: 'http://router.test' });

const noHeaders = createHttpHeaders();

const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function noStream(): never {
  throw new Error('Answers are read whole');
}

/**
 * The port of a process that is killed at its `calls`th call: before the call has left, or when its answer has not come
 * yet. No call after it is made.
 */
export function dyingAt(jobRouter: JobRouter, calls: number, isSent: boolean): JobRouter {
  let made = 0;
  async function live<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    made += 1;
    if (made < calls) return call();
    if (made === calls && isSent) await call();
    throw new Killed(`Killed at call ${calls}`);
  }
  return {
    ...jobRouter,
    cancelJob: (...given) => live(() => jobRouter.cancelJob(...given)),
    resources(kind) {
      const { list, get, upsert, delete: remove } = jobRouter.resources(kind);
      return {
        list: (...given) => live(() => list(...given)),
        get: (...given) => live(() => get(...given)),
        upsert: (...given) => live(() => upsert(...given)),
        delete: (...given) => live(() => remove(...given)),
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
  take: async () => ({ kind: 'granted', over: () => {} }) as const,
  pause: () => {},
  use: () => ({ requestsIn10Seconds: 0, quota: 0, waiting: 0 }),
};
