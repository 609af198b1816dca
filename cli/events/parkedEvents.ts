/** What the app has parked: `job-router events list --parked` and `events resend`. */
import * as z from 'zod';
import { CommandFailed } from '../terminal/commandFailed.ts';
import type { CommandOptions } from '../terminal/run.ts';
import { outColors, say, sayJson } from '../terminal/say.ts';
import { type Column, sayTable } from '../terminal/table.ts';
import { askOverHttp } from './askOverHttp.ts';

/** Which app, and how it is let in. */
export interface AppOptions extends CommandOptions {
  readonly app: string;
  readonly code?: string;
}

const parked = z.looseObject({ id: z.string() });
const parkedList = z.object({ count: z.number(), events: z.array(parked) });
const resent = z.looseObject({
  id: z.string(),
  outcome: z.string(),
  why: z.string().optional(),
  removed: z.boolean(),
});

const columns: readonly Column<z.infer<typeof parked>>[] = [
  ['PARKED', ({ parkedAt }) => parkedAt],
  ['FUNCTION', ({ function: name }) => name],
  ['WHY', ({ reason, unreadable }) => reason ?? unreadable],
  ['ID', ({ id }) => id],
];

/** Lists the oldest of what is parked. As JSON, it is as the app answers it. */
export async function listParked(options: AppOptions): Promise<number> {
  const list = await ask(options, 'parked-events', 'GET', parkedList);
  if (options.json) sayJson(list);
  else {
    sayTable(list.events, columns, 'Nothing is parked.');
    if (list.count > list.events.length) say(`These are the oldest of about ${list.count}.`);
  }
  return 0;
}

/** Has the oldest of what is parked handled once more. Ends with 1 where something stays parked. */
export async function resendParked(options: AppOptions & { readonly limit: number }): Promise<number> {
  const { events } = await ask(
    options,
    'parked-events/resend',
    'POST',
    z.object({ events: z.array(resent) }),
    { limit: options.limit },
  );
  if (options.json) sayJson({ events });
  else if (events.length === 0) say('Nothing is parked.');
  for (const { id, outcome, why, removed } of options.json ? [] : events) {
    const paint = removed ? outColors.green : outColors.yellow;
    say(
      `${paint(removed ? 'Handled' : 'Still parked')}  ${id}  ${outcome}${why === undefined ? '' : `: ${why}`}`,
    );
  }
  return events.every(({ removed }) => removed) ? 0 : 1;
}

function ask<Value>(
  { app, code = process.env.FUNCTION_KEY }: AppOptions,
  path: string,
  method: 'GET' | 'POST',
  schema: z.ZodType<Value>,
  body?: object,
): Promise<Value> {
  if (!/^https?:/.test(app) || !URL.canParse(app)) {
    throw new CommandFailed({ message: '--app is no address.', fix: 'give http(s)://<host>' });
  }
  return askOverHttp({
    url: `${app.replace(/\/$/, '')}/api/${path}`,
    method,
    headers: code ? { 'x-functions-key': code } : {},
    schema,
    fix: 'start the app: npx job-router dev; or give --app',
    ...(body && { body }),
  });
}
