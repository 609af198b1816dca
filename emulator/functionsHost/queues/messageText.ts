/**
 * A message on its way into a queue: base64-encoded UTF-8, which is what the Functions storage extension writes and
 * expects unless host.json says otherwise.
 */

/** What the service takes in one message (documented: 64 KiB), counted after encoding. */
const MAX_ENCODED_BYTES = 65_536;

/** What is left of that for the text: base64 makes four bytes of three. */
export const MAX_TEXT_BYTES = (MAX_ENCODED_BYTES / 4) * 3;

/** Throws for a text that no queue would take. Every store asks here, so that all of them refuse alike. */
export function encodeMessage(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new Error(
      `it has ${bytes.length} bytes, and a storage queue takes ${MAX_TEXT_BYTES} at most (64 KiB once it is base64-encoded)`,
    );
  }
  return bytes.toString('base64');
}

export const decodeMessage = (encoded: string): string => Buffer.from(encoded, 'base64').toString('utf8');
