/** The router that a command talks to. */
import { systemClock } from '../../src/clock.ts';
import type { Unavailable } from '../../src/jobRouter/answer.ts';
import type { RouterConnection } from '../../src/jobRouter/connection.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import { openJobRouter } from '../../src/jobRouter/openJobRouter.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { chooseConnection } from './chooseConnection.ts';
import type { ConnectionOptions } from './connectionOptions.ts';
import { failureOf } from './routerFailure.ts';

/** A router that answers. */
export interface OpenRouter {
  readonly router: JobRouter;
  /** How plans and people call it. */
  readonly host: string;
  readonly endpoint: string;
}

/** As long as a big document may take, with its waits for the request quota. */
const LONGEST_MILLISECONDS = 60 * 60 * 1000;

/**
 * Opens the router that the options name and asks it once, so that a wrong address or key is told at once, and not after
 * every repetition of the first real call.
 *
 * @throws CommandFailed where it is not there or does not let us in.
 */
export async function openRouter(options: ConnectionOptions): Promise<OpenRouter> {
  const connection = chooseConnection(options, process.env);
  const router = openJobRouter(connection, { clock: systemClock });
  const answer = await router.ping();
  if (answer.kind === 'unavailable' && isForPeople(answer)) {
    throw new CommandFailed(failureOf(answer, hostOf(connection), connection));
  }
  const end = new Date(systemClock.now().getTime() + LONGEST_MILLISECONDS);
  return { router: router.until(end), host: hostOf(connection), endpoint: connection.endpoint };
}

/** Everything else heals by itself, and the calls that follow are repeated until it has. */
const isForPeople = ({ status }: Unavailable): boolean =>
  status === undefined || status === 401 || status === 403;

const hostOf = ({ endpoint }: RouterConnection): string => new URL(endpoint).host;
