import type { Clock } from '../clock.ts';
import { createAcsJobRouter } from './acsJobRouter.ts';
import { connectionProblem, type RouterConnection, UnusableConnectionError } from './connection.ts';
import type { JobRouter } from './jobRouter.ts';
import { openRestClient, type RestClientOptions } from './restClient.ts';

/** What a router needs besides its connection. */
export interface OpenJobRouterOptions extends RestClientOptions {
  readonly clock: Clock;
}

/**
 * A router to call. Cheap: the client library is loaded at the first call, so that starting the app does not
 * wait for it.
 *
 * @throws UnusableConnectionError at once when the connection can never work.
 */
export function openJobRouter(connection: RouterConnection, options: OpenJobRouterOptions): JobRouter {
  const problem = connectionProblem(connection);
  if (problem !== undefined) throw new UnusableConnectionError(problem);

  let opened: ReturnType<typeof openRestClient> | undefined;
  return createAcsJobRouter(() => {
    opened ??= openRestClient(connection, options);
    return opened;
  }, options.clock);
}
