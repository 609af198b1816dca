import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The folder of the function app this suite was made for: above the sources and above the bundle in dist. */
export const APP_ROOT = fileURLToPath(new URL('..', import.meta.url));

const subscriptionsFile = z.record(z.string(), z.array(z.string()));

/** Which event types each Event Grid function is subscribed to: the same file that the deployment reads. */
export async function eventSubscriptions(): Promise<Readonly<Record<string, readonly string[]>>> {
  return subscriptionsFile.parse(await readJson('infra/eventSubscriptions.json'));
}

const routingFile = z.looseObject({ workers: z.array(z.looseObject({ id: z.string() })).min(1) });
export type RoutingFile = z.infer<typeof routingFile>;

/** The routing document of the quickstart. */
export const quickstartRouting = async (): Promise<RoutingFile> =>
  routingFile.parse(await readJson('routing.json'));

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(path, new URL('..', import.meta.url)), 'utf8'));
}
