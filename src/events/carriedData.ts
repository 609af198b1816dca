import { parseJson } from '../input/parseJson.ts';

/**
 * The data of an event, however its envelope carries it: as JSON, as a text that holds JSON, or, in a CloudEvent, as
 * such a text in base64. What holds no JSON stays as it is, for a schema to refuse by name.
 */
export function carriedData(data: unknown, base64?: string): unknown {
  const carried = data ?? (base64 === undefined ? data : Buffer.from(base64, 'base64').toString('utf8'));
  if (typeof carried !== 'string') return carried;
  const json = parseJson(carried);
  return 'value' in json ? json.value : carried;
}
