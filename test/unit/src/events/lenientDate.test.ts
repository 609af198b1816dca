import { expect, it } from 'vitest';
import { lenientDate } from '../../../../src/events/lenientDate.ts';

it.each([
  ['seven fraction digits', '2026-03-02T09:00:00.1234567Z', '2026-03-02T09:00:00.123Z'],
  ['an offset', '2026-03-02T10:00:00+01:00', '2026-03-02T09:00:00.000Z'],
  ['no zone, which is UTC', '2026-03-02T09:00:00', '2026-03-02T09:00:00.000Z'],
  ['a US date, as one documented example has it', '3/2/2026 9:00:00 AM', '2026-03-02T09:00:00.000Z'],
  ['a US date in the afternoon', '3/2/2026 9:00:00 PM +00:00', '2026-03-02T21:00:00.000Z'],
])('reads a time with %s', (_what, text, instant) => {
  expect(lenientDate.parse(text)?.toISOString()).toBe(instant);
});

it.each([['soon'], [''], [null], [17], [{}]])('takes %j for no time at all', (value) => {
  expect(lenientDate.parse(value)).toBeUndefined();
});
