import { expect, it } from 'vitest';
import { intervalSeconds } from '../../../../../emulator/functionsHost/triggers/schedule.ts';

it.each([
  ['* * * * * *', 1],
  ['*/10 * * * * *', 10],
  ['0 * * * * *', 60],
  ['0 */5 * * * *', 300],
  ['*/5 * * * *', 300],
  ['0 0 * * * *', 3600],
  ['0 0 */6 * * *', 21_600],
  ['00:00:30', 30],
  ['01:30:00', 5400],
])('keeps "%s" every %s seconds', (schedule, seconds) => {
  expect(intervalSeconds(schedule)).toBe(seconds);
});

it.each(['0 */7 * * * *', '0 30 9 * * 1-5', '0 0 3 * * *', '0 0 0 1 * *', '00:00:00', 'now and then'])(
  'does not keep "%s"',
  (schedule) => {
    expect(intervalSeconds(schedule)).toBeUndefined();
  },
);
