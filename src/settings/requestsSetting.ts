import type { ConfigProblem } from './configProblem.ts';

const MOST = 10_000;

/**
 * The requests that this process may send to the router in any ten seconds, or what is wrong with the setting.
 * Undefined: the quota of the service.
 */
export function requestsFrom(setting: string | undefined): number | undefined | ConfigProblem {
  if (setting === undefined) return undefined;
  const requests = /^\d{1,6}$/.test(setting) ? Number(setting) : 0;
  if (requests >= 1 && requests <= MOST) return requests;
  return {
    setting: 'ROUTER_REQUESTS_PER_10_SECONDS',
    problem: `is not a whole number from 1 to ${MOST}`,
    fix: 'write the quota of the resource (1000 unless Microsoft raised it), divided by the most instances of the app',
  };
}
