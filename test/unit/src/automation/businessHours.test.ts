import { describe, expect, it } from 'vitest';
import { businessHours, isWithinHours } from '../../../../src/automation/businessHours.ts';

const within = (hours: object, at: string): boolean =>
  isWithinHours(businessHours.parse({ timeZone: 'Europe/Berlin', ...hours }), new Date(at));

const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };
const night = { days: ['fri'], from: '22:00', to: '06:00' };

describe('an instant is within', () => {
  it.each([
    ['the hours of a winter Monday, an hour ahead of UTC', office, '2026-03-02T08:00:00Z'],
    ['their last second', office, '2026-03-02T15:59:59Z'],
    ['the hours of a summer Monday, two hours ahead of UTC', office, '2026-07-06T07:00:00Z'],
    ['a Friday night before midnight', night, '2026-03-06T21:00:00Z'],
    ['the same night after midnight', night, '2026-03-07T04:59:59Z'],
    ['a whole day', { from: '00:00', to: '24:00' }, '2026-03-02T22:59:59Z'],
    ['the clock around', { from: '08:00', to: '08:00' }, '2026-03-02T06:59:00Z'],
  ])('%s', (_what, hours, at) => {
    expect(within(hours, at)).toBe(true);
  });
});

describe('an instant is not within', () => {
  it.each([
    ['before they begin', office, '2026-03-02T07:59:59Z'],
    ['at their end', office, '2026-03-02T16:00:00Z'],
    ['on a Saturday', office, '2026-03-07T10:00:00Z'],
    ['the night after the one that is named', night, '2026-03-07T21:00:00Z'],
    ['the morning of the named day, which is the night before', night, '2026-03-06T04:00:00Z'],
    ['the end of a night', night, '2026-03-07T05:00:00Z'],
  ])('%s', (_what, hours, at) => {
    expect(within(hours, at)).toBe(false);
  });
});

describe('when the clocks change in Berlin', () => {
  const early = { from: '01:30', to: '03:30' };

  it.each([
    ['2026-03-29T00:30:00Z', true, 'half past one'],
    ['2026-03-29T00:59:59Z', true, 'the last second before two, which is three'],
    ['2026-03-29T01:00:00Z', true, "three o'clock, an hour after one"],
    ['2026-03-29T01:30:00Z', false, 'half past three'],
  ])('forward, %s is within: %s (%s)', (at, is) => {
    expect(within(early, at)).toBe(is);
  });

  it.each([
    ['2026-10-24T23:30:00Z', true, 'half past one'],
    ['2026-10-25T00:30:00Z', true, 'half past two, for the first time'],
    ['2026-10-25T01:30:00Z', true, 'half past two, for the second time'],
    ['2026-10-25T02:29:59Z', true, 'the last second before half past three'],
    ['2026-10-25T02:30:00Z', false, 'half past three'],
  ])('back, %s is within: %s (%s)', (at, is) => {
    expect(within(early, at)).toBe(is);
  });
});

it('goes by the date of the zone and not by that of UTC', () => {
  const monday = { timeZone: 'Pacific/Kiritimati', days: ['mon'], from: '00:00', to: '12:00' };
  expect(within(monday, '2026-03-01T12:00:00Z')).toBe(true);
  expect(within(monday, '2026-03-02T12:00:00Z')).toBe(false);
});

it.each([
  ['a zone that is none', { timeZone: 'Europe/Bonn', from: '09:00', to: '17:00' }],
  ['a time that is none', { timeZone: 'UTC', from: '9', to: '17:00' }],
  ['a beginning after the day', { timeZone: 'UTC', from: '24:30', to: '17:00' }],
  ['no day', { timeZone: 'UTC', days: [], from: '09:00', to: '17:00' }],
])('refuses %s', (_what, hours) => {
  expect(businessHours.safeParse(hours).success).toBe(false);
});
