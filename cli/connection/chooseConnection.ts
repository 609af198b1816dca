import { DEVELOPMENT_ACCESS_KEY } from '../../emulator/accessKey.ts';
import type { RouterConnection } from '../../src/jobRouter/connection.ts';
import { connectionFrom } from '../../src/settings/connectionSettings.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import type { ConnectionOptions } from './connectionOptions.ts';

const EMULATOR_ENDPOINT = 'http://127.0.0.1:7080/';

/**
 * The router that the options name, or else the environment.
 *
 * @throws CommandFailed where they name none, or one that cannot be reached in that way.
 */
export function chooseConnection(
  { connectionString, endpoint, emulator = false }: ConnectionOptions,
  environment: Readonly<Record<string, string | undefined>>,
): RouterConnection {
  if (emulator && connectionString !== undefined) throw both('--emulator', '--connection-string');
  if (endpoint !== undefined && connectionString !== undefined)
    throw both('--endpoint', '--connection-string');
  if (emulator) return emulatorAt(endpoint ?? EMULATOR_ENDPOINT);
  const isGiven = connectionString !== undefined || endpoint !== undefined;
  const chosen = connectionFrom({
    COMMUNICATION_CONNECTION_STRING: isGiven
      ? connectionString
      : settingIn(environment.COMMUNICATION_CONNECTION_STRING),
    COMMUNICATION_ENDPOINT: isGiven ? endpoint : settingIn(environment.COMMUNICATION_ENDPOINT),
  });
  if (!('problem' in chosen)) return chosen;
  const { setting, problem, fix } = chosen;
  if (isGiven) throw new CommandFailed({ message: `${optionOf[setting] ?? setting} ${problem}.`, fix });
  if (problem.startsWith('is not set')) throw noneNamed;
  throw new CommandFailed({ message: `${setting}: ${problem}.`, fix });
}

/** Its certificate aside, an emulator on HTTPS is reached as one without. */
function emulatorAt(endpoint: string): RouterConnection {
  const connection = connectionFrom({
    COMMUNICATION_CONNECTION_STRING: `endpoint=${endpoint};accesskey=${DEVELOPMENT_ACCESS_KEY}`,
  });
  if ('problem' in connection) {
    throw new CommandFailed({
      message: `--endpoint ${connection.problem}.`,
      fix: `write the address that the emulator prints, such as ${EMULATOR_ENDPOINT}`,
    });
  }
  return connection;
}

const optionOf: Readonly<Record<string, string>> = {
  COMMUNICATION_CONNECTION_STRING: '--connection-string',
  COMMUNICATION_ENDPOINT: '--endpoint',
};

/** Empty means absent, as in the settings of the app. */
const settingIn = (text: string | undefined): string | undefined => text?.trim() || undefined;

const both = (one: string, other: string) =>
  new CommandFailed({
    message: `${one} and ${other} are both given, and they may name different routers.`,
    fix: 'give one of them',
  });

const noneNamed = new CommandFailed({
  message: 'No router is named.',
  fix: 'give --emulator, --connection-string or --endpoint, or set COMMUNICATION_CONNECTION_STRING or COMMUNICATION_ENDPOINT',
});
