/**
 * The keys of a function app, and what each of them opens, as the real host has it: a key goes with the request as
 * the header `x-functions-key` or, without one, as the query parameter `code`. Core Tools looks at none of them.
 */
import * as z from 'zod';
import { type Endpoint, type HostRequest, type HostResponse, headerOf, segmentsOf } from './exchange.ts';

export const hostKeys = z.object({
  /** Opens everything, the host's own endpoints included. */
  master: z.string(),
  /** Opens every function of the level `function`. */
  host: z.string(),
  /** The key of the Event Grid webhook, which is the system key `eventgrid_extension` in Azure. */
  eventGrid: z.string(),
  /** Opens one function each, by its name. */
  functions: z.record(z.string(), z.string()),
});
export type HostKeys = Readonly<z.infer<typeof hostKeys>>;

/** What a request has to bring: nothing, a key of the function, or the master key. */
export const authLevel = z.enum(['anonymous', 'function', 'admin']);
export type AuthLevel = z.infer<typeof authLevel>;

/** Fresh keys for the functions of these names. */
export function createKeys(functionNames: readonly string[], newId: () => string): HostKeys {
  const newKey = () => `${newId()}${newId()}`.replaceAll('-', '');
  return {
    master: newKey(),
    host: newKey(),
    eventGrid: newKey(),
    functions: Object.fromEntries(functionNames.map((name) => [name, newKey()])),
  };
}

/** Real hosts answer so, without a word. */
export const UNAUTHORIZED: HostResponse = { status: 401 };

/** Whether a request may call the function `name`. */
export function mayCall(request: HostRequest, level: AuthLevel, name: string, keys: HostKeys): boolean {
  switch (level) {
    case 'anonymous':
      return true;
    case 'function':
      return isOneOf(request, [keys.functions[name], keys.host, keys.master]);
    case 'admin':
      return isOneOf(request, [keys.master]);
    default:
      return level satisfies never;
  }
}

/**
 * Stands before the host's own paths and answers for them when the key is missing: the master key for `/admin`, the
 * system key for webhooks of extensions. A ping is open, as in the real host.
 */
export function lockOwnPaths(keys: HostKeys): Endpoint {
  return (request) => {
    const [first, second, third] = segmentsOf(request.url).map((segment) => segment.toLowerCase());
    const isPing = first === 'admin' && second === 'host' && third === 'ping';
    const needed =
      first === 'admin' && !isPing
        ? [keys.master]
        : first === 'runtime' && second === 'webhooks'
          ? [keys.eventGrid, keys.master]
          : undefined;
    const isOpen = needed === undefined || isOneOf(request, needed);
    return isOpen ? undefined : Promise.resolve(UNAUTHORIZED);
  };
}

function isOneOf(request: HostRequest, keys: readonly (string | undefined)[]): boolean {
  const given = headerOf(request, 'x-functions-key') ?? request.url.searchParams.get('code');
  return given !== null && given !== '' && keys.includes(given);
}
