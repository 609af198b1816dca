import type { Environment } from '../input/placeholders.ts';
import type { ConfigProblem } from './configProblem.ts';
import { listFrom } from './listSetting.ts';

/**
 * What placeholders of a document may be filled in from: the settings that ROUTING_ENVIRONMENT names, and no others. Who
 * sends a document could otherwise have any setting written where it can be read.
 *
 * @param own the app's settings, which are never given away.
 */
export function environmentFrom(
  setting: string | undefined,
  environment: Environment,
  own: readonly string[],
): { readonly allowed: Environment } | ConfigProblem {
  const names = listFrom(setting);
  const wrong = names.filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || own.includes(name));
  if (wrong.length > 0) {
    return {
      setting: 'ROUTING_ENVIRONMENT',
      problem: `names ${wrong.join(', ')}, which documents may not take anything from`,
      fix: 'write the names of settings made for documents, separated by commas',
    };
  }
  return { allowed: Object.fromEntries(names.map((name) => [name, environment[name]])) };
}
