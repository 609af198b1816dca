import * as z from 'zod';
import { messageContent, messageText } from '../storage/messageText.ts';
import { type Deferral, deferral } from './deferral.ts';

/** The deferral as the text of a message; nothing when its event is too large for one, compressed too. */
export const deferralText = (deferral: Deferral): string | undefined => messageText(deferral);

/** A message read back: its text, or what the Functions host has made of it as JSON. */
export function readDeferral(raw: unknown): Deferral | { readonly unreadable: string } {
  const content = messageContent(raw);
  if ('unreadable' in content) return content;
  const read = deferral.safeParse(content.value);
  return read.success ? read.data : { unreadable: z.prettifyError(read.error) };
}
