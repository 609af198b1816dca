/**
 * ETags in the two families the service was recorded with, and the conditions a PATCH may carry. Clients
 * treat both as opaque; what matters is that they change when the resource does.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { HttpHeaders } from '../../http/surface.ts';
import type { Revision } from '../engine/model/values.ts';
import { Refusal } from './refusal.ts';

export type EtagFamily = (revision: Revision) => string;

const hex = (value: bigint, digits: number): string =>
  value.toString(16).padStart(digits, '0').slice(-digits);

/** Policies and queues: a growing number, then the Unix seconds of the last change. */
export const etagBySeconds: EtagFamily = ({ version, modifiedAt }) => {
  const seconds = BigInt(Math.floor(modifiedAt / 1000));
  return `"${hex(BigInt(version), 8)}-0000-0700-0000-${hex(seconds, 8)}0000"`;
};

const MILLISECONDS_FROM_YEAR_1_TO_1970 = 62_135_596_800_000n;
const TICKS_PER_MILLISECOND = 10_000n;

/** Jobs and workers: the version, then the last change in ticks since year 1, least significant byte first. */
export const etagByTicks: EtagFamily = ({ version, modifiedAt }) => {
  const ticks = (BigInt(Math.floor(modifiedAt)) + MILLISECONDS_FROM_YEAR_1_TO_1970) * TICKS_PER_MILLISECOND;
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(ticks);
  const text = bytes.toString('hex');
  return `"${hex(BigInt(version), 8)}-0000-0000-${text.slice(0, 4)}-${text.slice(4)}"`;
};

/** The headers of a PATCH and of a single GET; nothing else carries them. */
export const revisionHeaders = ({ modifiedAt }: Revision, etag: string): HttpHeaders => ({
  etag,
  'last-modified': new Date(modifiedAt).toUTCString(),
});

const ifMatchHolds = (condition: string, current: string | undefined): boolean => {
  if (current === undefined) return false;
  return condition.trim() === '*' || condition.split(',').some((etag) => etag.trim() === current);
};

/** Last-Modified has whole seconds, so the comparison has too. A date nobody can read is ignored, as RFC 9110 asks. */
const unmodifiedSince = (condition: string, { modifiedAt }: Revision): boolean => {
  const since = Date.parse(condition);
  return Number.isNaN(since) || Math.floor(modifiedAt / 1000) * 1000 <= since;
};

/**
 * Refuses a PATCH whose If-Match or If-Unmodified-Since does not hold. Must be called in the same turn as the
 * command it guards. Where we guessed: nobody recorded a conditional request. The status is Azure's 412, and
 * If-Match on a resource that does not exist creates nothing.
 */
export function checkPreconditions(
  headers: IncomingHttpHeaders,
  current: Revision | undefined,
  family: EtagFamily,
): void {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !ifMatchHolds(ifMatch, current && family(current)))
    throw new Refusal(412, `The condition If-Match: ${ifMatch} does not hold.`);
  const since = headers['if-unmodified-since'];
  if (since !== undefined && current !== undefined && !unmodifiedSince(since, current))
    throw new Refusal(412, `The condition If-Unmodified-Since: ${since} does not hold.`);
}
