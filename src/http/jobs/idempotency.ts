/**
 * A request that comes again under its `Idempotency-Key` finds the jobs of the first one, because their ids follow from
 * the key; and it is known by the mark that those jobs bear. Nothing else is kept: a job that was deleted meanwhile is
 * not found, and is submitted again.
 */
import { createHash } from 'node:crypto';
import type { Job, Labels } from '../../jobRouter/wire.ts';

/** The tag that bears the mark. */
const MARK = 'automation.idempotency';

/** A request that may come again. */
export interface Repeatable {
  /** Stands for the key and whoever used it. */
  readonly key: string;
  /** Stands for everything that was asked. */
  readonly content: string;
}

/**
 * @param owner of the key: the same key of two callers is two keys.
 * @param body as data. The order of members says nothing, so it makes no difference.
 */
export const repeatable = (key: string, owner: string, body: unknown): Repeatable => ({
  key: digest([owner, key]).toString('base64url').slice(0, 22),
  content: digest(ordered(body)).toString('base64url').slice(0, 22),
});

/** The id of the job at `index` of a request: a UUID of version 8 (RFC 9562), the same every time. */
export function idUnderKey({ key }: Repeatable, index: number): string {
  const hex = digest([key, index]).toString('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The tag for a job that is submitted by the request. */
export const markOf = ({ key, content }: Repeatable): Labels => ({ [MARK]: `${key}.${content}` });

/** Which request submitted the job: this one, another one under its key, or one of which nothing is known. */
export function submittedBy(
  { key, content }: Repeatable,
  { tags }: Job,
): 'thisOne' | 'otherBody' | 'unknown' {
  const mark = tags?.[MARK];
  if (mark === `${key}.${content}`) return 'thisOne';
  return typeof mark === 'string' && mark.startsWith(`${key}.`) ? 'otherBody' : 'unknown';
}

const digest = (value: unknown): Buffer => createHash('sha256').update(JSON.stringify(value)).digest();

/** The same value with the members of every object in one order. It is not deep: bodies have a limit. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { members: members.map(([name, member]) => [name, ordered(member)]) };
}
