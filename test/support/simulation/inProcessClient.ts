import { createHttpHeaders, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';
import { getClient } from '@azure-rest/core-client';
import type { Clock } from '../../../emulator/clock/clock.ts';
import { callOf, type Operation } from '../../../emulator/router/http/operation.ts';
import { errorBody, Refusal } from '../../../emulator/router/http/refusal.ts';
import { routesTo } from '../../../emulator/router/http/routes.ts';
import type { Router } from '../../../emulator/router/router.ts';
import { apiVersion, type RestClient } from '../../../src/jobRouter/restClient.ts';

/** What becomes of a request on its way: throws where nothing comes back, whether it was carried out or not. */
export type Network = (request: PipelineRequest, carryOut: () => WireAnswer) => Promise<WireAnswer>;

export const soundNetwork: Network = async (_request, carryOut) => carryOut();

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: object | undefined;
}

interface FoundOperation {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The client by which the app reaches a router of the emulator in the same process: through every rule of its REST
 * surface, past sockets and signatures. Fast enough for thousands of lives.
 */
export function inProcessClient(router: Router, clock: Clock, network: Network = soundNetwork): RestClient {
  const find = finderOf(router);

  function carryOut({ method, url, headers, body }: PipelineRequest): WireAnswer {
    const { pathname, search } = new URL(url);
    const { operation, params } = find(`${method} ${pathname}`);
    try {
      return operation(
        callOf({
          target: `${pathname}${search}`,
          headers: headers.toJSON(),
          params,
          body: Buffer.from(typeof body === 'string' ? body : ''),
        }),
      ) as WireAnswer;
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      return { status: refused.status, body: errorBody(refused, pathname) };
    }
  }

  const httpClient: HttpClient = {
    async sendRequest(request) {
      const { status, headers, body } = await network(request, () => carryOut(request));
      if (request.abortSignal?.aborted) throw new Error('The request was given up');
      return {
        request,
        status,
        headers: createHttpHeaders({
          date: new Date(clock.now()).toUTCString(),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        }),
        bodyAsText: body === undefined ? '' : JSON.stringify(body),
      };
    },
  };
  return {
    path: getClient('http://router.test', {
      apiVersion,
      allowInsecureConnection: true,
      retryOptions: { maxRetries: 0 },
      httpClient,
    }).pathUnchecked,
  };
}

/** Finds what answers `GET /routing/jobs/job-1`, as the server's own table has it. */
function finderOf(router: Router): (line: string) => FoundOperation {
  const routes = routesTo(router).map(([method, path, , operation]) => ({
    pattern: new RegExp(`^${method} ${path.replace(/\{(\w+)\}/g, '(?<$1>[^/:]+)')}$`),
    operation,
  }));
  return (line) => {
    for (const { pattern, operation } of routes) {
      const match = pattern.exec(line);
      if (match) return { operation, params: decoded(match.groups ?? {}) };
    }
    throw new Error(`The router has no ${line}`);
  };
}

const decoded = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
