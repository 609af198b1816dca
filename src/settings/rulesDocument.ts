import * as z from 'zod';
import { type Automation, automation } from '../automation/rules.ts';
import { dottedPath } from '../input/inputProblems.ts';
import { parseJson } from '../input/parseJson.ts';

/** The automation of a document, or everything that keeps it from being one. */
export type DocumentRead =
  | { readonly kind: 'automation'; readonly automation: Automation }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/**
 * Only the `automation` of a routing document is believed here; its other parts are read by whoever applies
 * them. A document without it is a problem and not "no rules": a misspelt member would silence the whole app.
 */
const rulesDocument = z.looseObject({ automation });

/** Reads a routing document as text. Some editors put a byte order mark before it, which JSON does not know. */
export function readRulesDocument(text: string): DocumentRead {
  const document = parseJson(text.replace(/^\uFEFF/, ''));
  if ('notJson' in document) return { kind: 'problems', problems: [`is not JSON: ${document.notJson}`] };
  const parsed = rulesDocument.safeParse(document.value);
  if (parsed.success) return { kind: 'automation', automation: parsed.data.automation };
  const problems = parsed.error.issues.map(({ path, message }) => `${dottedPath(path)}: ${message}`);
  return { kind: 'problems', problems };
}
