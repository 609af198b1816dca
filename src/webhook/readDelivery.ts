import type { HttpRequest } from '@azure/functions';
import { parseJson } from '../input/parseJson.ts';
import { readBytes } from '../input/readBytes.ts';

/** Event Grid sends 1 MB at most (documented). What is longer than this is not from it. */
const DELIVERY_LIMIT_BYTES = 2_000_000;

/** The content of a request to the webhook. */
export type Delivery = { readonly kind: 'read'; readonly content: unknown } | { readonly kind: 'tooLarge' };

/**
 * A body as JSON. What is not JSON stays the text it is, takes the path of any unreadable event, and is kept:
 * refusing it would make Event Grid throw it away.
 */
export async function readDelivery(request: Pick<HttpRequest, 'body'>): Promise<Delivery> {
  const bytes = await readBytes(request.body, DELIVERY_LIMIT_BYTES);
  if (bytes === undefined) return { kind: 'tooLarge' };
  const text = bytes.toString('utf8');
  const json = parseJson(text);
  return { kind: 'read', content: 'value' in json ? json.value : text };
}
