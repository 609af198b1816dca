import { describe, expect, it } from 'vitest';
import { instantOf, millisecondsAfter, secondsAfter } from '../../../../emulator/clock/instant.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');

describe('an instant after another', () => {
  it('lies so many seconds, or parts of one, ahead', () => {
    expect(secondsAfter(NINE_AM, 1.5)).toBe(instantOf('2026-03-02T09:00:01.500Z'));
    expect(millisecondsAfter(NINE_AM, -1)).toBe(instantOf('2026-03-02T08:59:59.999Z'));
  });

  it.each([1e12, 1e300])('is never later than a timestamp can tell: %d seconds', (seconds) => {
    expect(new Date(secondsAfter(NINE_AM, seconds)).toISOString()).toBe('9999-12-31T23:59:59.999Z');
  });
});
