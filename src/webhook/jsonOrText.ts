import { parseJson } from '../input/parseJson.ts';

/**
 * A body as JSON. What is not JSON stays the text it is, takes the path of any unreadable event, and is kept:
 * refusing it would make Event Grid throw it away.
 */
export function jsonOrText(body: string): unknown {
  const json = parseJson(body);
  return 'value' in json ? json.value : body;
}
