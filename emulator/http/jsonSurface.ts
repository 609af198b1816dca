/** A surface of plain JSON: what is sent is parsed, what a handler returns is the answer, problems are `{"error": …}`. */

import { messageOf } from '../messageOf.ts';
import { parseJson } from './json.ts';
import { RequestProblem } from './problem.ts';
import { type HttpAnswer, type HttpRequest, type Route, type Surface, splitTarget } from './surface.ts';

export interface JsonRequest extends Pick<HttpRequest, 'scheme' | 'headers' | 'params'> {
  /** Undefined when there was none; else whatever the client sent, to be parsed before it is believed. */
  readonly body: unknown;
  /** A parameter given more than once is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

/** The answer on its way: 200, unless something else is said. */
export interface JsonReply {
  status(code: number): JsonReply;
  /** Writes the answer with line breaks. */
  forPeople(): JsonReply;
  /** What the handler is to return. */
  send(body?: object): object | undefined;
}

export type JsonHandler = (
  request: JsonRequest,
  reply: JsonReply,
) => object | undefined | Promise<object | undefined>;

export interface JsonRouteOptions {
  readonly largestBodyBytes: number;
}

type AddRoute = {
  (path: string, handler: JsonHandler): void;
  (path: string, options: JsonRouteOptions, handler: JsonHandler): void;
};

/** Takes the routes of a surface, one by one. */
export interface JsonRoutes {
  readonly get: AddRoute;
  readonly put: AddRoute;
  readonly post: AddRoute;
  readonly delete: AddRoute;
}

export interface JsonSurfaceOptions {
  readonly prefix: string;
  /** Each adds its routes. */
  readonly routes: readonly ((app: JsonRoutes) => void)[];
}

export function jsonSurface({ prefix, routes }: JsonSurfaceOptions): Surface {
  const added: Route[] = [];
  const adding =
    (method: Route['method']): AddRoute =>
    (path: string, ...rest: [JsonHandler] | [JsonRouteOptions, JsonHandler]) => {
      const [options, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
      added.push({ method, path, answer: answering(handler), ...options });
    };
  const app: JsonRoutes = {
    get: adding('GET'),
    put: adding('PUT'),
    post: adding('POST'),
    delete: adding('DELETE'),
  };
  for (const add of routes) add(app);
  return {
    prefix,
    routes: added,
    otherwise({ method, target }) {
      const sentence = `There is no ${method} ${target}; GET ${prefix} lists what there is.`;
      throw new RequestProblem(404, 'NotFound', sentence);
    },
    refuse: (error) =>
      error instanceof RequestProblem
        ? problem(error.status, error.code, error.message)
        : problem(500, 'EmulatorFailed', messageOf(error)),
  };
}

const problem = (status: number, code: string, message: string): HttpAnswer => ({
  status,
  body: { error: { code, message } },
});

const answering =
  (handler: JsonHandler) =>
  async (request: HttpRequest): Promise<HttpAnswer> => {
    let status = 200;
    let isForPeople = false;
    const reply: JsonReply = {
      status(code) {
        status = code;
        return reply;
      },
      forPeople() {
        isForPeople = true;
        return reply;
      },
      send: (body) => body,
    };
    const { scheme, headers, params } = request;
    const asked = { scheme, headers, params, body: bodyOf(request), query: queryOf(request) };
    const body = await handler(asked, reply);
    return { status, body, isForPeople };
  };

/** A snapshot holds what a client may send, some levels further down. */
const DEEPEST_BODY = 128;

/** Bodies are JSON whatever their type says; none at all is fine where nothing has to be said. */
function bodyOf({ body }: HttpRequest): unknown {
  if (body.length === 0) return undefined;
  try {
    return parseJson(body.toString(), DEEPEST_BODY);
  } catch (error) {
    throw new RequestProblem(400, 'InvalidRequest', `The body is not JSON: ${messageOf(error)}`);
  }
}

function queryOf({ target }: HttpRequest): JsonRequest['query'] {
  const parameters = new URLSearchParams(splitTarget(target).query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const [first = '', ...more] = parameters.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}
