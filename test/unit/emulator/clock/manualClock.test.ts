import { describe, expect, it } from 'vitest';
import { instantOf, millisecondsAfter, secondsAfter } from '../../../../emulator/clock/instant.ts';
import { createManualClock } from '../../../../emulator/clock/manualClock.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');

describe('the manual clock', () => {
  it('stands still until it is moved', async () => {
    const clock = createManualClock(NINE_AM);
    expect(clock.now()).toBe(NINE_AM);
    await clock.advance(1500);
    expect(clock.now()).toBe(millisecondsAfter(NINE_AM, 1500));
  });

  it('runs what falls due in order, each run seeing its own time', async () => {
    const clock = createManualClock(NINE_AM);
    const seen: [string, number][] = [];
    clock.at(secondsAfter(NINE_AM, 10), () => void seen.push(['second', clock.now()]));
    clock.at(secondsAfter(NINE_AM, 5), () => void seen.push(['first', clock.now()]));
    clock.at(secondsAfter(NINE_AM, 11), () => void seen.push(['not yet', clock.now()]));
    await clock.advance(10_000);
    expect(seen).toEqual([
      ['first', secondsAfter(NINE_AM, 5)],
      ['second', secondsAfter(NINE_AM, 10)],
    ]);
  });

  it('completes a chain of runs that schedule one another in one advance', async () => {
    const clock = createManualClock(NINE_AM);
    const seen: number[] = [];
    const again = () => {
      seen.push(clock.now());
      clock.at(secondsAfter(clock.now(), 5), again);
    };
    clock.at(secondsAfter(NINE_AM, 5), again);
    await clock.advance(15_000);
    expect(seen).toEqual([5, 10, 15].map((seconds) => secondsAfter(NINE_AM, seconds)));
  });

  it('runs what is due at the same instant in the order in which it was asked for', async () => {
    const clock = createManualClock(NINE_AM);
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c']) clock.at(NINE_AM, () => void seen.push(name));
    await clock.settle();
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('does not move time while a run has not finished', async () => {
    const clock = createManualClock(NINE_AM);
    const seen: number[] = [];
    clock.at(secondsAfter(NINE_AM, 1), async () => {
      await Promise.resolve();
      seen.push(clock.now());
    });
    await clock.advance(60_000);
    expect(seen).toEqual([secondsAfter(NINE_AM, 1)]);
  });

  it('forgets a run that was taken back, and tells when the next one is due', async () => {
    const clock = createManualClock(NINE_AM);
    const cancel = clock.at(secondsAfter(NINE_AM, 1), () => expect.unreachable());
    expect(clock.nextDue()).toBe(secondsAfter(NINE_AM, 1));
    cancel();
    expect(clock.nextDue()).toBeUndefined();
    await clock.advance(2000);
  });

  it('refuses to go back', async () => {
    const clock = createManualClock(NINE_AM);
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
  });
});
