import type { HostKeys } from './http/keys.ts';
import type { FunctionDescription } from './triggers/trigger.ts';

function lineOf({ name, triggerType, methods, urls, note }: FunctionDescription): string {
  const what =
    triggerType === 'httpTrigger' ? [methods.length > 0 && `[${methods.join(',')}]`] : [triggerType];
  return `\t${name}: ${[...what, ...urls, note && `(${note})`].filter(Boolean).join(' ')}`;
}

/**
 * The list of functions in the shape of Core Tools: HTTP functions first. Unlike Core Tools it prints the address of
 * an Event Grid function's webhook too.
 */
export function functionList(functions: readonly FunctionDescription[]): string[] {
  const isHttp = ({ triggerType }: FunctionDescription) => triggerType === 'httpTrigger';
  const ordered = [...functions.filter(isHttp), ...functions.filter((one) => !isHttp(one))];
  return ['Functions:', ...ordered.map(lineOf)];
}

/** The keys, for a person to copy. They are made afresh at each start and open nothing but this host. */
export const keyList = ({ master, host, eventGrid, functions }: HostKeys): string[] => [
  'Keys (header x-functions-key, or ?code=):',
  `\tmaster: ${master}`,
  `\tevery function: ${host}`,
  `\teventgrid_extension: ${eventGrid}`,
  ...Object.entries(functions).map(([name, key]) => `\t${name}: ${key}`),
];
