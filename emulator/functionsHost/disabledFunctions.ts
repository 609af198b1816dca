import type { Environment } from './settings.ts';
import type { RegisteredFunction } from './worker/rpc.ts';

/** The setting that switches a function off in the real host; like every setting there, without regard to case. */
const DISABLED = /^AzureWebJobs\.(.+)\.Disabled$/i;

const isSwitchedOn = (value: string | undefined) => /^(true|1)$/i.test(value ?? '');

/** A line for every function that the settings switch off, because this host runs it all the same. */
export function disabledWarnings(
  functions: readonly RegisteredFunction[],
  environment: Environment,
): string[] {
  return Object.keys(environment).flatMap((setting) => {
    const disabled = DISABLED.exec(setting)?.[1]?.toLowerCase();
    const fn = functions.find(({ metadata }) => metadata.name.toLowerCase() === disabled);
    if (!fn || !isSwitchedOn(environment[setting])) return [];
    return [
      `Function "${fn.metadata.name}" is disabled by the setting ${setting}, which this host ignores: the function runs.`,
    ];
  });
}
