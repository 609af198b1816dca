import type { HttpRequest } from '@azure/functions';

/** The body; undefined as soon as it has more bytes than `limit`. What follows is not read. */
export async function readBytes(
  { body }: Pick<HttpRequest, 'body'>,
  limit: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
