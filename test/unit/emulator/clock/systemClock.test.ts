import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { instantOf, secondsAfter } from '../../../../emulator/clock/instant.ts';
import { createSystemClock } from '../../../../emulator/clock/systemClock.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');
const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60;

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NINE_AM });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs at the instant it was asked for', () => {
    const run = vi.fn();
    createSystemClock().at(secondsAfter(NINE_AM, 10), run);
    vi.advanceTimersByTime(9_999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('does not run early when the timer fires before the wall clock shows the time', () => {
    const run = vi.fn();
    createSystemClock().at(secondsAfter(NINE_AM, 10), run);
    vi.setSystemTime(NINE_AM - 1);
    vi.advanceTimersByTime(10_000);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('waits longer than a single timer can', () => {
    const run = vi.fn();
    createSystemClock().at(secondsAfter(NINE_AM, THIRTY_DAYS_SECONDS), run);
    vi.advanceTimersByTime(THIRTY_DAYS_SECONDS * 1000 - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('forgets a run that was taken back', () => {
    const run = vi.fn();
    createSystemClock().at(secondsAfter(NINE_AM, 1), run)();
    vi.advanceTimersByTime(2000);
    expect(run).not.toHaveBeenCalled();
  });
});
