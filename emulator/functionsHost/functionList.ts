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
