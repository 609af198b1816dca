import { expect, it } from 'vitest';
import { lenientSeconds } from '../../../../src/events/lenientSeconds.ts';

it.each([
  [45, 45],
  ['PT45S', 45],
  ['PT1M30.5S', 90.5],
  ['P1DT2H', 93_600],
  ['pt1h', 3600],
])('reads %j as %d s', (value, seconds) => {
  expect(lenientSeconds.parse(value)).toBe(seconds);
});

it.each([['P'], ['PT'], ['P1M'], ['soon'], [''], [null], [Number.NaN], [{}]])(
  'takes %j for no span at all',
  (value) => {
    expect(lenientSeconds.parse(value)).toBeUndefined();
  },
);
