/** `job-router events trigger`, and the list of what the emulator has published. */
import * as z from 'zod';
import { transportOf } from '../../src/jobRouter/endpoint.ts';
import { chooseConnection } from '../connection/chooseConnection.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import type { Pair } from '../terminal/optionValues.ts';
import { printable } from '../terminal/printable.ts';
import { outColors, say, sayJson } from '../terminal/say.ts';
import { askOverHttp } from './askOverHttp.ts';

/** An event as Event Grid delivers it. */
const published = z.looseObject({
  id: z.string(),
  eventType: z.string(),
  eventTime: z.string(),
  subject: z.string(),
});
export type Published = z.infer<typeof published>;

interface TriggerOptions extends ConnectionOptions {
  readonly set?: readonly Pair[];
  readonly without?: readonly string[];
  readonly subject?: string;
}

const START = 'start the emulator: npx job-router emulator';

/** Publishes a sample event. As JSON, it is the event. */
export async function triggerEvent(type: string, options: TriggerOptions): Promise<number> {
  const { set = [], without = [], subject, json } = options;
  const overrides = Object.fromEntries([...set, ...without.map((name) => [name, null] as const)]);
  const event = await askOverHttp({
    url: `${controlsOf(options)}/trigger`,
    method: 'POST',
    body: { type, overrides, ...(subject !== undefined && { subject }) },
    schema: published,
    fix: START,
  });
  if (json) sayJson(event);
  else
    say(`${outColors.green('Published')} ${printable(event.eventType)} about ${printable(event.subject)}.`);
  return 0;
}

/** What the emulator has published, the latest last. */
export async function publishedEvents(
  options: ConnectionOptions & { readonly type?: string; readonly limit: number },
): Promise<readonly Published[]> {
  const query = new URLSearchParams({
    limit: String(options.limit),
    ...(options.type !== undefined && { type: options.type }),
  });
  const { value } = await askOverHttp({
    url: `${controlsOf(options)}/events?${query}`,
    schema: z.object({ value: z.array(published) }),
    fix: START,
    fixRefused: 'give a type that is known, such as RouterJobClosed',
  });
  return value;
}

/** @throws CommandFailed where the router is no emulator. */
function controlsOf(options: ConnectionOptions): string {
  const { endpoint } = chooseConnection(options, process.env);
  const { origin } = new URL(endpoint);
  if (transportOf(origin.replace(/^https:/, 'http:')) === 'loopbackHttp') return `${origin}/_emulator`;
  throw new CommandFailed({
    message: `${origin} is no emulator; Azure hands events to its subscribers, and keeps no list of them.`,
    fix: 'give --emulator',
  });
}
