import type { Clock } from '../clock.ts';
import { createAcsJobRouter } from './acsJobRouter.ts';
import type { RouterConnection } from './connection.ts';
import { accessKeyIn } from './credential.ts';
import { isPlainHttp, UnusableConnectionError } from './endpoint.ts';
import type { JobRouter } from './jobRouter.ts';
import { openRestClient, type RestClientOptions } from './restClient.ts';

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
  const isPlain = isPlainHttp(connection.endpoint);
  if (connection.kind === 'connectionString') accessKeyIn(connection.connectionString);
  else if (isPlain) throw new UnusableConnectionError('An identity sends its token over https only');

  let opened: ReturnType<typeof openRestClient> | undefined;
  return createAcsJobRouter(() => {
    opened ??= openRestClient(connection, options);
    return opened;
  }, options.clock);
}
