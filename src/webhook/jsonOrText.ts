/**
 * A body as JSON. What is not JSON stays the text it is, takes the path of any unreadable event, and is kept:
 * refusing it would make Event Grid throw it away.
 */
export function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
