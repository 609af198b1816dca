import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../../emulator/clock/instant.ts';
import {
  checkPreconditions,
  etagBySeconds,
  etagByTicks,
  revisionHeaders,
} from '../../../../../emulator/router/http/etag.ts';

const revision = { version: 2, modifiedAt: instantOf('2026-03-02T09:00:00.5Z') };
const current = etagByTicks(revision);

describe('the ETag of policies and queues', () => {
  it('holds the Unix seconds of the last change in hexadecimal', () => {
    expect(etagBySeconds(revision)).toBe('"00000002-0000-0700-0000-69a551900000"');
  });
});

describe('the ETag of jobs and workers', () => {
  it('holds the version and the ticks of the last change, least significant byte first', () => {
    const [, version, high, low] = /^"(.{8})-0000-0000-(.{4})-(.{12})"$/.exec(current) ?? [];
    const ticks = Buffer.from(`${high}${low}`, 'hex').readBigInt64LE();
    expect(version).toBe('00000002');
    expect(ticks / 10_000n - 62_135_596_800_000n).toBe(BigInt(revision.modifiedAt));
  });

  it('changes with the version even when no time has passed', () => {
    expect(etagByTicks({ ...revision, version: 3 })).not.toBe(current);
  });
});

describe('the revision headers', () => {
  it('give the time of the last change in whole seconds', () => {
    expect(revisionHeaders(revision, etagByTicks(revision))).toEqual({
      etag: current,
      'last-modified': 'Mon, 02 Mar 2026 09:00:00 GMT',
    });
  });
});

describe('the conditions of a PATCH', () => {
  const check = (headers: Record<string, string>, of: typeof revision | undefined = revision) =>
    checkPreconditions(headers, of, etagByTicks);

  it.each<[given: string, headers: Record<string, string>]>([
    ['no condition', {}],
    ['the current ETag', { 'if-match': current }],
    ['a list with the current ETag', { 'if-match': `"old", ${current}` }],
    ['any ETag', { 'if-match': '*' }],
    ['the second of the last change', { 'if-unmodified-since': 'Mon, 02 Mar 2026 09:00:00 GMT' }],
    ['a date that cannot be read', { 'if-unmodified-since': 'yesterday' }],
  ])('hold with %s', (_, headers) => {
    expect(() => check(headers)).not.toThrow();
  });

  it.each<[given: string, headers: Record<string, string>]>([
    ['another ETag', { 'if-match': '"00000001-0000-0000-0000-000000000000"' }],
    ['a date before the last change', { 'if-unmodified-since': 'Mon, 02 Mar 2026 08:59:59 GMT' }],
  ])('refuse with 412 on %s', (_, headers) => {
    expect(() => check(headers)).toThrow(expect.objectContaining({ status: 412 }));
  });

  it.each([current, '*'])('refuse If-Match: %s for a resource that does not exist', (etag) => {
    expect(() => checkPreconditions({ 'if-match': etag }, undefined, etagByTicks)).toThrow(
      expect.objectContaining({ status: 412 }),
    );
  });
});
