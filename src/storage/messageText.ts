/**
 * An object with an event in it, as the text of a queue message. A storage queue takes 64 KiB, counted after
 * base64-encoding; Event Grid delivers events of up to 1 MB. One that is too long as it is goes in compressed: JSON
 * shrinks to a tenth as a rule.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { jsonText } from '../input/jsonText.ts';
import { parseJson } from '../input/parseJson.ts';

/** What the service takes in one message (documented: 64 KiB), less what base64 adds. */
export const MAX_TEXT_BYTES = (65_536 / 4) * 3;

/** An event of Event Grid has 1 MB at most; more is not unpacked, whatever the message claims to hold. */
const MAX_EVENT_BYTES = 4_000_000;

/** The text, or nothing when no message holds it. */
export function messageText(content: Readonly<Record<string, unknown>>): string | undefined {
  const plain = jsonText(content);
  if (fits(plain)) return plain;
  const { event, ...rest } = content;
  if (event === undefined) return undefined;
  const packed = JSON.stringify({ ...rest, eventGzip: gzipSync(jsonText(event)).toString('base64') });
  return fits(packed) ? packed : undefined;
}

const fits = (text: string): boolean => Buffer.byteLength(text, 'utf8') <= MAX_TEXT_BYTES;

const packed = z.looseObject({ eventGzip: z.base64() });

/** The object that a message holds, not believed yet; `raw` is its text, or what somebody has made of it as JSON. */
export function messageContent(raw: unknown): { readonly value: unknown } | { readonly unreadable: string } {
  const json = typeof raw === 'string' ? parseJson(raw) : { value: raw };
  if ('notJson' in json) return { unreadable: `not JSON: ${json.notJson}` };
  const read = packed.safeParse(json.value);
  if (!read.success) return json;
  const { eventGzip, ...rest } = read.data;
  const event = unzipped(eventGzip);
  return 'value' in event ? { value: { ...rest, event: event.value } } : { unreadable: event.notJson };
}

function unzipped(eventGzip: string): ReturnType<typeof parseJson> {
  try {
    const bytes = gunzipSync(Buffer.from(eventGzip, 'base64'), { maxOutputLength: MAX_EVENT_BYTES });
    return parseJson(bytes.toString('utf8'));
  } catch {
    return { notJson: 'eventGzip does not unpack' };
  }
}
