import * as z from 'zod';
import { outcome } from './outcome.ts';

const id = z.string().describe('Of the message in the queue.');

/** What is parked. */
export const parkedList = z.object({
  count: z.int().describe('How many there are, by the approximate count of the storage.'),
  events: z
    .array(
      z.union([
        z.object({
          id,
          reason: z.string(),
          parkedAt: z.iso.datetime(),
          function: z.string().describe('The function that could do nothing with it.'),
          event: z.unknown().describe('As it came, to the last member.'),
        }),
        z
          .object({ id, unreadable: z.string(), text: z.string() })
          .describe("Somebody else's message, as it is."),
      ]),
    )
    .describe('The oldest, at most 32.'),
});

/** What became of those that were handled once more. */
export const resentList = z.object({
  events: z.array(
    z.object({
      id,
      outcome: z
        .enum([...outcome.options, 'deferred', 'unreadable'])
        .describe('`deferred`: put off anew. `unreadable`: it is no parked event.'),
      why: z.string().optional(),
      removed: z.boolean().describe('Whether it has left the queue. What has not can be resent again.'),
    }),
  ),
});
