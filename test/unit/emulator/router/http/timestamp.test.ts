import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../../emulator/clock/instant.ts';
import { preciseTimestamp, timestamp, timestampText } from '../../../../../emulator/router/http/timestamp.ts';

describe('timestamps in answers', () => {
  it.each([
    ['2026-03-02T09:00:00.123Z', '2026-03-02T09:00:00.123+00:00'],
    ['2026-03-02T09:00:00.120Z', '2026-03-02T09:00:00.12+00:00'],
    ['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00+00:00'],
    ['2026-03-02T09:00:10.000Z', '2026-03-02T09:00:10+00:00'],
  ])('%s is written %s', (when, text) => {
    expect(timestampText(instantOf(when))).toBe(text);
  });
});

describe('timestamps that are shown again', () => {
  it.each([
    ['2022-05-13T23:59:04.5311999+07:00', '2022-05-13T16:59:04.5311999+00:00'],
    ['2026-03-02T09:00:00.1230010Z', '2026-03-02T09:00:00.123001+00:00'],
    ['2040-01-01T01:01:01.000000001Z', '2040-01-01T01:01:01+00:00'],
    ['2022-09-01T03:00:00.0000000Z', '2022-09-01T03:00:00+00:00'],
    ['2026-03-02T09:00:00.12', '2026-03-02T09:00:00.12+00:00'],
  ])('%s is written %s', (given, text) => {
    const { at, ticks } = preciseTimestamp.parse(given);
    expect(timestampText(at, ticks)).toBe(text);
  });

  it('are refused like others', () => {
    expect(preciseTimestamp.safeParse('tomorrow').error?.issues).toMatchObject([
      { message: 'Invalid ISO datetime' },
    ]);
  });
});

describe('timestamps in requests', () => {
  const nine = instantOf('2026-03-02T09:00:00.123Z');
  it.each([
    '2026-03-02T09:00:00.123Z',
    '2026-03-02T09:00:00.1230000Z',
    '2026-03-02T09:00:00.123456789Z',
    '2026-03-02T09:00:00.123+00:00',
    '2026-03-02T10:00:00.123+01:00',
    '2026-03-02T09:00:00.123',
  ])('%s is read', (text) => {
    expect(timestamp.parse(text)).toBe(nine);
  });

  it('the date that SDKs send for "not set" lies in the past', () => {
    expect(timestamp.parse('0001-01-01T00:00:00.0000000Z')).toBeLessThan(0);
  });

  it.each([
    'tomorrow',
    '2026-13-02T09:00:00Z',
    '2026-03-02',
    1_772_442_000_000,
    '9999-12-31T23:59:59-01:00',
    '0001-01-01T00:00:00+01:00',
  ])('%s is refused', (text) => {
    expect(timestamp.safeParse(text).success).toBe(false);
  });
});
