import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { messageOf } from '../messageOf.ts';
import { readStoryEvent, storyEvent } from './storyEvents.ts';

/** One request to be made: the events it carries and whom it is for. */
export interface ReplayDelivery {
  /** The file the events are from. */
  readonly name: string;
  /** Believed to be nothing in particular: bad events are replayed as well. */
  readonly events: readonly unknown[];
  /** Where the file says whom the events are for; otherwise their type decides. */
  readonly to?: { readonly functionName: string } | 'webhook';
}

const storyFile = z.looseObject({
  story: z.string(),
  via: z.enum(['triggers', 'webhook', 'batch']),
  events: z.array(storyEvent),
});

/** The deliveries of one event file, of every event file in a folder, or of a story. */
export async function readDeliveries(path: string): Promise<readonly ReplayDelivery[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Error(`There is no file or folder ${resolve(path)}`, { cause: error });
  });
  if (!found.isDirectory()) return readDeliveriesOfFile(path);
  const files = await jsonFilesIn(path);
  if (files.length === 0) throw new Error(`${resolve(path)} holds no .json files`);
  return (await Promise.all(files.map(readDeliveriesOfFile))).flat();
}

async function jsonFilesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== 'provenance.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readDeliveriesOfFile(path: string): Promise<readonly ReplayDelivery[]> {
  const content = await readJson(path);
  const told = storyFile.safeParse(content);
  if (told.success) return deliveriesOfStory(path, told.data);
  const events = Array.isArray(content) ? content : [content];
  return events.map((event) => ({ name: nameOf(path), events: [event] }));
}

function deliveriesOfStory(
  path: string,
  { via, events }: z.infer<typeof storyFile>,
): readonly ReplayDelivery[] {
  const fixtures = new URL('../../fixtures/events/', pathToFileURL(resolve(path)));
  const told = events.map((event) => ({
    name: event.event,
    event: readStoryEvent(event, fixtures),
    to: event.to,
  }));
  switch (via) {
    case 'batch':
      return [{ name: basename(path), events: told.map(({ event }) => event), to: 'webhook' }];
    case 'webhook':
      return told.map(({ name, event }) => ({ name, events: [event], to: 'webhook' as const }));
    case 'triggers':
      return told.map(({ name, event, to }) => ({
        name,
        events: [event],
        ...(to && { to: { functionName: to } }),
      }));
    default:
      return via satisfies never;
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${resolve(path)} is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** The file with the folder it is in, which in the fixtures is the event type. */
const nameOf = (path: string) => resolve(path).split(/[\\/]/).slice(-2).join('/');
