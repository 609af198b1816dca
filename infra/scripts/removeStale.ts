/** Subscriptions of this app that are no longer wanted: a renamed function's, or those of the other delivery. */
import * as z from 'zod';
import type { Az } from './commandLine.ts';

const subscriptionList = z.object({ value: z.array(z.object({ name: z.string() })) });
const apiVersion = 'api-version=2025-02-15';

/** Removes them and answers their names. Subscriptions of others on the same topic are left alone. */
export async function removeStale(
  wanted: readonly string[],
  functionAppName: string,
  topicId: string,
  az: Az,
): Promise<readonly string[]> {
  const listed = await az([
    'rest',
    '--method',
    'get',
    '--url',
    `${topicId}/eventSubscriptions?${apiVersion}`,
  ]);
  const stale = subscriptionList
    .parse(JSON.parse(listed))
    .value.map(({ name }) => name)
    .filter((name) => name.startsWith(`${functionAppName}-`) && !wanted.includes(name));
  for (const name of stale) {
    await az(['rest', '--method', 'delete', '--url', `${topicId}/eventSubscriptions/${name}?${apiVersion}`]);
  }
  return stale;
}
