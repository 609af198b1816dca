import * as z from 'zod';

const eventReport = z.looseObject({
  routerEvent: z.string(),
  function: z.string(),
  outcome: z.string(),
  did: z.string().optional(),
  why: z.string().optional(),
});

/** The line the function app logs for every event it handles. */
export type EventReport = z.infer<typeof eventReport>;

/** Reads a log message of the app; undefined when it is not a report of an event. */
export function readEventReport(message: string): EventReport | undefined {
  if (!message.startsWith('{')) return undefined;
  try {
    return eventReport.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
