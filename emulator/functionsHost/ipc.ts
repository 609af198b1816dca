/** What a Functions host that was started as a child process tells its parent. */
import * as z from 'zod';
import { hostKeys } from './http/keys.ts';
import { logEntry } from './log.ts';

const functionDescription = z.object({
  name: z.string(),
  triggerType: z.enum(['httpTrigger', 'eventGridTrigger', 'timerTrigger', 'queueTrigger']),
  methods: z.array(z.string()),
  urls: z.array(z.string()),
  note: z.string().optional(),
});

/** Parses what arrives on the parent's side of the channel. */
export const hostMessage = z.discriminatedUnion('kind', [
  /** Comes once, when the host answers requests. */
  z.object({
    kind: z.literal('listening'),
    url: z.string(),
    functions: z.array(functionDescription),
    keys: hostKeys.optional(),
  }),
  logEntry.extend({ kind: z.literal('log') }),
  /** The host could not start; the process ends with code 1. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

export type HostMessage = z.infer<typeof hostMessage>;
