/** `job-router events list`. */
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { sayJson } from '../terminal/say.ts';
import { type Column, sayTable } from '../terminal/table.ts';
import { type Published, publishedEvents } from './emulatorEvents.ts';
import { type AppOptions, listParked } from './parkedEvents.ts';

interface ListOptions extends ConnectionOptions, AppOptions {
  readonly type?: string;
  readonly limit: number;
  readonly parked: boolean;
}

const columns: readonly Column<Published>[] = [
  ['TIME', ({ eventTime }) => eventTime],
  ['TYPE', ({ eventType }) => eventType.replace('Microsoft.Communication.', '')],
  ['SUBJECT', ({ subject }) => subject],
];

/** Lists events. As JSON, they are whole. */
export async function listEvents(options: ListOptions): Promise<number> {
  if (options.parked) return listParked(options);
  const events = await publishedEvents(options);
  if (options.json) sayJson(events);
  else sayTable(events, columns, 'There are no such events.');
  return 0;
}
