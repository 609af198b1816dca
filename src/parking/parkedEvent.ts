/** What no repetition will mend, as a message of the storage queue `parked-events`. */
import * as z from 'zod';
import { messageContent, messageText } from '../storage/messageText.ts';

/** The queue's name. */
export const PARKED_EVENTS = 'parked-events';

const parkedEventMessage = z.object({
  reason: z.string(),
  /** ISO 8601, UTC. */
  parkedAt: z.string(),
  /** The function that could do nothing with it. */
  function: z.string(),
  /** As it came, to the last member. A deferral where the function is `resumeDeferredWork`. */
  event: z.unknown(),
});

/** A message of the queue. */
export type ParkedEvent = Readonly<z.infer<typeof parkedEventMessage>>;

/** The message for an event that was given up at `at`, whole and with the reason. */
export const parkedEvent = (reason: string, at: Date, functionName: string, event: unknown): ParkedEvent => ({
  reason,
  parkedAt: at.toISOString(),
  function: functionName,
  event,
});

/** The message as text, compressed where it would be too long; nothing when it is too long even so. */
export const parkedEventText = (parked: ParkedEvent): string | undefined => messageText(parked);

/** A message read back. People and other programs may write into the queue too, so it is believed only as far as it reads. */
export function readParkedEvent(text: string): ParkedEvent | { readonly unreadable: string } {
  const content = messageContent(text);
  if ('unreadable' in content) return content;
  const read = parkedEventMessage.safeParse(content.value);
  return read.success ? read.data : { unreadable: z.prettifyError(read.error) };
}
