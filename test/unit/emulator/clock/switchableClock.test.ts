import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { instant, instantOf, secondsAfter } from '../../../../emulator/clock/instant.ts';
import { createSwitchableClock, type SwitchableClock } from '../../../../emulator/clock/switchableClock.ts';
import { createSystemClock } from '../../../../emulator/clock/systemClock.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');
const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60;

let clock: SwitchableClock;
let log: string[];
const note = (text: string) => () => void log.push(`${text} at ${(clock.now() - NINE_AM) / 1000}`);

beforeEach(() => {
  vi.useFakeTimers({ now: NINE_AM });
  clock = createSwitchableClock(createSystemClock());
  log = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a clock that can be switched, running by itself', () => {
  it('runs everything at its instant, in the order of the instants', () => {
    clock.at(secondsAfter(NINE_AM, 20), note('second'));
    clock.at(secondsAfter(NINE_AM, 10), note('first'));
    clock.at(secondsAfter(NINE_AM, THIRTY_DAYS_SECONDS), note('late'));
    clock.at(secondsAfter(NINE_AM, 10), note('cancelled'))();
    vi.advanceTimersByTime(20_000);
    expect(log).toEqual(['first at 10', 'second at 20']);
    vi.advanceTimersByTime(THIRTY_DAYS_SECONDS * 1000);
    expect(log).toHaveLength(3);
  });

  it('never runs anything early, or before it was asked for', () => {
    clock.at(NINE_AM, note('overdue'));
    expect(log).toEqual([]);
    clock.at(secondsAfter(NINE_AM, 10), note('due'));
    vi.setSystemTime(NINE_AM - 1);
    vi.advanceTimersByTime(10_000);
    expect(log).not.toContain('due at 10');
    vi.advanceTimersByTime(1);
    expect(log).toContain('due at 10');
  });

  it('goes on after a run that failed', () => {
    clock.at(secondsAfter(NINE_AM, 1), () => {
      throw new Error('a bug');
    });
    clock.at(secondsAfter(NINE_AM, 1), note('next'));
    expect(() => vi.advanceTimersByTime(1000)).toThrow('a bug');
    vi.advanceTimersByTime(1);
    expect(log).toHaveLength(1);
  });
});

describe('a clock that can be switched, standing still', () => {
  beforeEach(() => clock.switchTo('manual'));

  it('runs nothing until it is advanced, and then each run at its own time', async () => {
    clock.at(secondsAfter(NINE_AM, 10), () => {
      note('first')();
      clock.at(secondsAfter(clock.now(), 5), note('follows'));
    });
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual([]);
    await clock.advanceTo(secondsAfter(NINE_AM, 60));
    expect(log).toEqual(['first at 10', 'follows at 15']);
    expect(clock.now()).toBe(secondsAfter(NINE_AM, 60));
  });

  it('waits for what a run promises before time goes on', async () => {
    clock.at(secondsAfter(NINE_AM, 1), async () => {
      await Promise.resolve();
      note('slow')();
    });
    clock.at(secondsAfter(NINE_AM, 2), note('next'));
    await clock.advanceTo(secondsAfter(NINE_AM, 3));
    expect(log).toEqual(['slow at 1', 'next at 2']);
  });

  it('does two advances one after the other', async () => {
    clock.at(secondsAfter(NINE_AM, 1), note('run'));
    await Promise.all([
      clock.advanceTo(secondsAfter(NINE_AM, 5)),
      clock.advanceTo(secondsAfter(NINE_AM, 10)),
    ]);
    expect(log).toEqual(['run at 1']);
    await expect(clock.advanceTo(NINE_AM)).rejects.toThrow(RangeError);
  });

  it('keeps what is pending when it is let go, and stays ahead of the machine', async () => {
    clock.at(secondsAfter(NINE_AM, 70), note('pending'));
    await clock.advanceTo(secondsAfter(NINE_AM, 60));
    clock.switchTo('system');
    expect(clock.now()).toBe(secondsAfter(NINE_AM, 60));
    vi.advanceTimersByTime(10_000);
    expect(log).toEqual(['pending at 70']);
  });

  it('runs all that is due at once when it is put forward, and waits for none of it', () => {
    clock.switchTo('system');
    clock.at(secondsAfter(NINE_AM, 20), () => new Promise(() => {}));
    clock.at(secondsAfter(NINE_AM, 30), note('after one that never ends'));
    clock.putForward(secondsAfter(NINE_AM, 40));
    vi.advanceTimersByTime(0);
    expect(log).toEqual(['after one that never ends at 40']);
    expect(() => clock.putForward(secondsAfter(NINE_AM, 39))).toThrow(RangeError);
    clock.switchTo('manual');
    expect(() => clock.putForward(secondsAfter(NINE_AM, 50))).toThrow(RangeError);
  });

  it('tells what is due next', () => {
    expect(clock.nextDue()).toBeUndefined();
    clock.at(secondsAfter(NINE_AM, 7), () => {});
    expect(clock.nextDue()).toBe(secondsAfter(NINE_AM, 7));
  });
});

it('starts at a later time than the machine has, when a router comes from there', () => {
  const ahead = createSwitchableClock(createSystemClock(), 'system', secondsAfter(NINE_AM, 100));
  expect(ahead.now()).toBe(secondsAfter(NINE_AM, 100));
  const behind = createSwitchableClock(createSystemClock(), 'system', instant(0));
  expect(behind.now()).toBe(NINE_AM);
});

it('keeps thousands of runs in order', async () => {
  clock.switchTo('manual');
  const seen: number[] = [];
  for (let index = 0; index < 5000; index += 1) {
    const seconds = (index * 7919) % 5000;
    const cancel = clock.at(secondsAfter(NINE_AM, seconds), () => void seen.push(seconds));
    if (index % 3 === 0) cancel();
  }
  await clock.advanceTo(secondsAfter(NINE_AM, 5000));
  expect(seen).toHaveLength(3333);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});
