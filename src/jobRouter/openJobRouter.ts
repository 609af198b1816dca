import { type Chance, systemChance } from '../chance.ts';
import type { Clock } from '../clock.ts';
import { createAcsJobRouter } from './acsJobRouter.ts';
import type { CallMeans } from './ask.ts';
import { connectionProblem, type RouterConnection, UnusableConnectionError } from './connection.ts';
import type { JobRouter } from './jobRouter.ts';
import { createRequestBudget, type RequestBudget } from './requestBudget.ts';
import { openRestClient, type RestClientOptions } from './restClient.ts';

/** What a router needs besides its connection. */
export interface OpenJobRouterOptions extends RestClientOptions, Pick<CallMeans, 'watch'> {
  readonly clock: Clock;
  readonly chance?: Chance;
  /** Shared by all that call the same resource; absent: the service's whole quota. */
  readonly budget?: RequestBudget;
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

  const { clock, chance = systemChance, budget = createRequestBudget(clock), watch } = options;
  let opened: ReturnType<typeof openRestClient> | undefined;
  const open = () => {
    opened ??= openRestClient(connection, options);
    return opened;
  };
  return createAcsJobRouter({ open, clock, chance, budget, ...(watch && { watch }) });
}
