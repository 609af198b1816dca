/**
 * JSON merge patch as the service applies it. Every function gives back the very value it was given when the
 * patch changes nothing, so that "nothing changed" is a comparison of references.
 */

import type { Instant } from '../../clock/instant.ts';
import type { LabelsPatch } from './commands.ts';
import type { Labels, Revision } from './model/values.ts';

/** Absent leaves the value alone, null puts the default back. */
export function patched<Value>(
  current: Value,
  change: NoInfer<Value> | null | undefined,
  fallback: NoInfer<Value>,
): Value {
  if (change === undefined) return current;
  const next = change === null ? fallback : change;
  return isSame(current, next) ? current : next;
}

/**
 * Merges key by key; null removes a key, null for the whole map empties it. Recorded: a key that is sent goes to the
 * end, with a new value or its old one; so two maps may say the same in another order, which `isSame` tells.
 */
export function patchedLabels(current: Labels, change: LabelsPatch | null | undefined): Labels {
  if (change === undefined) return current;
  const merged = new Map(change === null ? [] : Object.entries(current));
  for (const [key, value] of Object.entries(change ?? {})) {
    merged.delete(key);
    if (value !== null) merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** The automatic label of queues and workers; a client can neither change nor remove it. */
const automaticLabel = 'Id';

/** Merges the labels of what carries the automatic one. Recorded: at creation it comes after the client's own. */
export function patchedLabelsOf(
  id: string,
  current: Labels | undefined,
  change: LabelsPatch | null | undefined,
): Labels {
  const isSent = change && Object.hasOwn(change, automaticLabel);
  const merged = patchedLabels(current ?? {}, isSent ? { ...change, [automaticLabel]: id } : change);
  return Object.hasOwn(merged, automaticLabel) ? merged : { ...merged, [automaticLabel]: id };
}

/** The members that differ replaced in `content`; `content` itself when none does. */
export function changedContent<Content extends object>(content: Content, next: Content): Content {
  return isSame(content, next) ? content : next;
}

export const firstRevision = (at: Instant): Revision => ({ version: 0, modifiedAt: at });

export const nextRevision = (revision: Revision, at: Instant): Revision => ({
  version: revision.version + 1,
  modifiedAt: at,
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Compares JSON-like values; the order of keys has no meaning, a key without a value is no key. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  return (
    Object.keys(a).every((key) => isSame(a[key], b[key])) &&
    Object.keys(b).every((key) => b[key] === undefined || Object.hasOwn(a, key))
  );
}
