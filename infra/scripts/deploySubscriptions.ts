/** Deploys subscriptions.bicep. Event Grid checks every endpoint while it does, and a young one may need a moment. */
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type Az, CommandFailed } from './commandLine.ts';
import { SetbackError } from './setbackError.ts';

const parametersFile = fileURLToPath(new URL('../subscriptions.bicepparam', import.meta.url));
const attempts = 4;

const deployed = z.object({
  properties: z.object({ outputs: z.object({ subscriptions: z.object({ value: z.array(z.string()) }) }) }),
});

export interface Target {
  readonly deploymentName: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  /** Read by subscriptions.bicepparam. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pauseSeconds: number;
}

/**
 * Answers the names of the subscriptions that now exist.
 *
 * @throws SetbackError with Azure's own words.
 */
export async function deploySubscriptions(
  target: Target,
  { az, say }: { readonly az: Az; readonly say: (line: string) => void },
): Promise<readonly string[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const printed = await az(argumentsFor(target), target.environment);
      return deployed.parse(JSON.parse(printed)).properties.outputs.subscriptions.value;
    } catch (cause) {
      if (!(cause instanceof CommandFailed)) throw cause;
      if (attempt === attempts || !mayPass(cause.message)) throw refused(cause);
      say(
        `Event Grid does not reach the app yet; once more in ${target.pauseSeconds} s (${attempt} of ${attempts})`,
      );
      await wait(target.pauseSeconds * 1000);
    }
  }
}

const argumentsFor = ({ deploymentName, resourceGroup, subscriptionId }: Target): readonly string[] => [
  'deployment',
  'group',
  'create',
  '--name',
  deploymentName,
  '--resource-group',
  resourceGroup,
  '--subscription',
  subscriptionId,
  '--parameters',
  parametersFile,
  '--output',
  'json',
];

/**
 * Where we guessed: these are the words of refusals people report from young endpoints. Another refusal is told at
 * once; one of these is told after the last attempt.
 */
const mayPass = (message: string): boolean =>
  /endpoint validation|validate the provided endpoint|destination endpoint not found|another operation is in progress/i.test(
    message,
  );

function refused(cause: CommandFailed): SetbackError {
  return new SetbackError(
    `Azure refused the event subscriptions: ${cause.message}`,
    /AuthorizationFailed|does not have authorization/i.test(cause.message)
      ? 'ask for EventGrid Contributor on the resource group of the Communication Services resource, and the right to write functions of the app; then run npm run subscribe again'
      : 'mend what Azure names, then run npm run subscribe again; it may be run any number of times',
    { cause },
  );
}
