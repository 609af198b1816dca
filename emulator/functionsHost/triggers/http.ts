/**
 * HTTP triggers: route templates under the route prefix, any method the function names. Keys are asked for when the host
 * has some; Core Tools looks at them with `--enableAuth` only. A path that no route fits and a method that the route does not take are both
 * 404 in the real host, and here.
 */
import * as z from 'zod';
import { setCookieLine } from '../http/cookies.ts';
import { type Endpoint, type HostRequest, type HostResponse, headerOf } from '../http/exchange.ts';
import { type AuthLevel, authLevel, type HostKeys, mayCall, UNAUTHORIZED } from '../http/keys.ts';
import { compileRoute, type RouteTemplate } from '../http/routeTemplate.ts';
import type { Invoke, TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction, RpcHttpData, RpcInvocationResponse, RpcNullable } from '../worker/rpc.ts';
import { CALLED_BY_HAND, type TriggerKind } from './trigger.ts';

const httpBinding = z.looseObject({
  route: z.string().optional(),
  methods: z.array(z.string().transform((method) => method.toUpperCase())).default([]),
  authLevel: z
    .string()
    .transform((level) => level.toLowerCase())
    .pipe(authLevel)
    .default('function'),
});

/** First segments that belong to the host. Where we guessed: the real host refuses `admin`, and perhaps not `runtime`. */
const RESERVED = /^(admin|runtime)(\/|$)/i;

/** Headers that belong to the connection and not to the answer. */
const CONNECTION_HEADERS = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

interface HttpFunction {
  readonly fn: RegisteredFunction;
  readonly bindingName: string;
  readonly route: RouteTemplate;
  readonly methods: readonly string[];
  readonly level: AuthLevel;
}

type Nullables = Record<string, RpcNullable<string>>;

const nullables = (entries: Iterable<readonly [string, string]>): Nullables =>
  Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));

/** A query parameter that occurs several times is one value with commas, as the real host has it. */
function queryOf(url: URL): Nullables {
  const names = new Set(url.searchParams.keys());
  return nullables([...names].map((name) => [name, url.searchParams.getAll(name).join(',')] as const));
}

function requestData(request: HostRequest, params: Readonly<Record<string, string>>): RpcHttpData {
  const headers = [...request.headers].map(([name, lines]) => [name, lines.join(',')] as const);
  return {
    method: request.method,
    url: request.url.href,
    nullableHeaders: nullables(headers),
    nullableQuery: queryOf(request.url),
    nullableParams: nullables(Object.entries(params)),
    ...(request.body.length > 0 && { body: { bytes: request.body } }),
  };
}

function payload(target: HttpFunction, http: RpcHttpData, request?: HostRequest): TriggerPayload {
  return {
    inputData: [{ name: target.bindingName, data: { http } }],
    triggerMetadata: {},
    traceContext: {
      traceParent: (request && headerOf(request, 'traceparent')) ?? '',
      traceState: (request && headerOf(request, 'tracestate')) ?? '',
    },
    reason: CALLED_BY_HAND,
  };
}

function responseHeaders(http: RpcHttpData): Record<string, string | string[]> {
  const named = Object.entries(http.headers ?? {}).filter(([name]) => !CONNECTION_HEADERS.has(name));
  const headers: Record<string, string | string[]> = Object.fromEntries(named);
  const cookies = (http.cookies ?? []).map(setCookieLine);
  if (cookies.length > 0) headers['set-cookie'] = [headers['set-cookie'] ?? [], cookies].flat();
  return headers;
}

/** A function that returned nothing has answered 204. */
function responseOf({ returnValue }: RpcInvocationResponse): HostResponse {
  const http = returnValue?.http;
  if (!http) return { status: 204 };
  return {
    status: Number(http.statusCode ?? 200),
    headers: responseHeaders(http),
    body: http.body?.bytes ?? http.body?.string ?? '',
  };
}

export function createHttpTriggers(parts: {
  readonly routePrefix: string;
  readonly invoke: Invoke;
  /** Undefined: nobody is asked for a key. */
  readonly keys?: HostKeys | undefined;
}): TriggerKind {
  const { routePrefix, invoke, keys } = parts;
  const targets: HttpFunction[] = [];
  const takes = (target: HttpFunction, method: string) =>
    target.methods.length === 0 || target.methods.includes(method);

  async function call(target: HttpFunction, request: HostRequest, params: Readonly<Record<string, string>>) {
    if (keys && !mayCall(request, target.level, target.fn.metadata.name, keys)) return UNAUTHORIZED;
    const data = requestData(request, params);
    const result = await invoke(target.fn, payload(target, data, request));
    return result.succeeded ? responseOf(result.response) : { status: 500 };
  }

  const endpoint: Endpoint = (request) => {
    for (const target of targets) {
      const params = takes(target, request.method) && target.route.match(request.url.pathname);
      if (params) return call(target, request, params);
    }
    return undefined;
  };

  return {
    type: 'httpTrigger',
    endpoint,
    add(fn, bindingName, binding) {
      const { route = fn.metadata.name, methods, authLevel: level } = httpBinding.parse(binding);
      const template = [routePrefix, route.replace(/^\/+|\/+$/g, '')].filter((part) => part !== '').join('/');
      if (RESERVED.test(template)) throw new Error(`the route "${template}" belongs to the host itself`);
      const target = { fn, bindingName, route: compileRoute(template), methods, level };
      targets.push(target);
      targets.sort((a, b) => (a.route.precedence < b.route.precedence ? -1 : 1));
      return {
        fn,
        describe: (baseUrl) => ({
          name: fn.metadata.name,
          triggerType: 'httpTrigger',
          methods,
          urls: [`${baseUrl}/${template}`],
        }),
        // Where we guessed: the input of an HTTP function called by hand is its body.
        payloadOf: (input) =>
          payload(target, {
            method: methods.find((method) => method !== 'GET' && method !== 'HEAD') ?? methods[0] ?? 'POST',
            url: `http://localhost/${template}`,
            body: { bytes: Buffer.from(input, 'utf8') },
          }),
      };
    },
  };
}
