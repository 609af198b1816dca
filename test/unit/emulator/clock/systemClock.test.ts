import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { instant } from '../../../../emulator/clock/instant.ts';
import { createSystemClock } from '../../../../emulator/clock/systemClock.ts';

describe('the system clock', () => {
  const date = vi.spyOn(Date, 'now');

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    date.mockReturnValue(1_000);
  });

  afterEach(() => {
    vi.useRealTimers();
    date.mockReset();
  });

  it('does not run anything before its time, even when the timeout fires early', () => {
    const run = vi.fn();
    createSystemClock().at(instant(1_010), run);
    date.mockReturnValue(1_009);
    vi.advanceTimersByTime(10);
    expect(run).not.toHaveBeenCalled();
    date.mockReturnValue(1_010);
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('runs what is overdue as soon as possible, but not before the caller goes on', () => {
    const run = vi.fn();
    createSystemClock().at(instant(1), run);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledOnce();
  });

  it('waits longer than a single timeout can', () => {
    const run = vi.fn();
    const month = 30 * 24 * 3_600_000;
    createSystemClock().at(instant(1_000 + month), run);
    date.mockReturnValue(1_000 + 2 ** 31 - 1);
    vi.advanceTimersByTime(2 ** 31 - 1);
    expect(run).not.toHaveBeenCalled();
    date.mockReturnValue(1_000 + month);
    vi.advanceTimersByTime(month - (2 ** 31 - 1));
    expect(run).toHaveBeenCalledOnce();
  });

  it('runs nothing that was taken back', () => {
    const run = vi.fn();
    createSystemClock().at(instant(1_010), run)();
    date.mockReturnValue(2_000);
    vi.advanceTimersByTime(1_000);
    expect(run).not.toHaveBeenCalled();
  });
});
