import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../../src/jobRouter/lane.ts';
import { createRequestBudget, type Permission } from '../../../../src/jobRouter/requestBudget.ts';
import { drivenClock } from '../../../support/drivenClock.ts';

const NINE = '2026-03-02T09:00:00.000Z';

/** A budget whose callers note what they were told, and when, in milliseconds. */
function world(quota: number) {
  const clock = drivenClock(NINE);
  const budget = createRequestBudget(clock, quota);
  const told: { lane: Lane; at: number; askedAt: number; countedAt: number; kind: Permission['kind'] }[] = [];
  const elapsed = () => clock.now().getTime() - Date.parse(NINE);
  /** The request takes `takes` milliseconds, and the router counts it when `share` of them are over. */
  const ask = async (lane: Lane, seconds = 25, takes = 0, share = 0) => {
    const askedAt = elapsed();
    const permission = await budget.take(lane, new Date(clock.now().getTime() + seconds * 1000));
    const at = elapsed();
    told.push({ lane, at, askedAt, countedAt: at + takes * share, kind: permission.kind });
    if (permission.kind === 'refused') return;
    if (takes > 0) await clock.wait(takes);
    permission.over();
  };
  const times = (count: number, lane: Lane, seconds?: number) => {
    for (let each = 0; each < count; each += 1) void ask(lane, seconds);
  };
  const granted = (lane: Lane) => told.filter((one) => one.kind === 'granted' && one.lane === lane);
  return { clock, budget, told, ask, times, granted };
}

describe('the request budget', () => {
  it('lets as many start at once as the quota has, and the next when ten seconds are over', async () => {
    const { clock, times, granted } = world(3);
    times(4, 'accept');
    await clock.advance(10_000);
    expect(granted('accept')).toHaveLength(3);
    await clock.advance(1_000);
    expect(granted('accept')).toHaveLength(4);
  });

  it('keeps a tenth for accepts, and gives housekeeping a twentieth', async () => {
    const { clock, times, granted } = world(100);
    times(200, 'housekeeping');
    times(200, 'event');
    await clock.advance(0);
    expect(granted('housekeeping')).toHaveLength(5);
    expect(granted('event')).toHaveLength(85);
    times(200, 'accept');
    await clock.advance(0);
    expect(granted('accept')).toHaveLength(10);
  });

  it('gives what comes in bulk seven tenths, so that events go on', async () => {
    const { clock, times, granted } = world(100);
    times(200, 'bulk');
    await clock.advance(0);
    expect(granted('bulk')).toHaveLength(70);
    times(200, 'event');
    await clock.advance(0);
    expect(granted('event')).toHaveLength(20);
  });

  it('gives housekeeping one request in ten seconds where a twentieth is less than that', async () => {
    const { clock, times, granted } = world(4);
    times(5, 'housekeeping', 60);
    await clock.advance(30_000);
    expect(granted('housekeeping')).toHaveLength(3);
  });

  it('lets accepts go ahead of events, and an event after every fourth of them', async () => {
    const { clock, times, told } = world(10);
    times(10, 'accept');
    await clock.advance(0);
    times(2, 'event');
    times(9, 'accept');
    await clock.advance(11_000);
    const order = told.slice(10).map(({ lane }) => lane);
    expect(order.filter((lane) => lane === 'event')).toHaveLength(2);
    expect(order.join(' ')).toMatch(/^event( accept){4} event/);
  });

  it('has a hundred under way at once at most, and lets an accept in first when one is over', async () => {
    const { clock, ask, times, told } = world(1_000);
    for (let each = 0; each < 150; each += 1) void ask('event', 25, 500 + each);
    times(1, 'accept');
    await clock.advance(499);
    expect(told).toHaveLength(100);
    await clock.advance(1);
    expect(told[100]).toMatchObject({ lane: 'accept', at: 500 });
    await clock.advance(1_000);
    expect(told).toHaveLength(151);
  });

  it('says at once that a turn cannot come in time, and when it could', async () => {
    const { clock, budget, times } = world(2);
    times(2, 'accept');
    const end = new Date(clock.now().getTime() + 4_000);
    expect(await budget.take('accept', end)).toEqual({ kind: 'refused', retryAfterSeconds: 11 });
  });

  it('says it at the deadline where others had the turn', async () => {
    const { clock, times, told } = world(1);
    times(3, 'accept', 15);
    await clock.advance(20_000);
    expect(told.map(({ kind, at }) => [kind, at])).toEqual([
      ['granted', 0],
      ['granted', 10_010],
      ['refused', 15_000],
    ]);
  });

  it.each([
    ['as long as it is told', 4, 4_000],
    ['a second where no time is named', undefined, 1_000],
  ])('is silent after a 429 %s', async (_, seconds, silence) => {
    const { clock, budget, times, told } = world(10);
    budget.pause(seconds);
    times(1, 'accept');
    times(1, 'event');
    await clock.advance(silence - 1);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told.map(({ lane }) => lane)).toEqual(['accept', 'event']);
  });

  it('tells those who wait when a pause takes their turn away', async () => {
    const { clock, budget, times, told } = world(1);
    times(2, 'event', 20);
    await clock.advance(1_000);
    budget.pause(60);
    await clock.advance(0);
    expect(told.map(({ kind, at }) => [kind, at])).toEqual([
      ['granted', 0],
      ['refused', 1_000],
    ]);
  });

  it('tells how much of it is used', async () => {
    const { clock, budget, times } = world(2);
    times(3, 'accept');
    expect(budget.use()).toEqual({ requestsIn10Seconds: 2, quota: 2, waiting: 1 });
    await clock.advance(60_000);
    expect(budget.use()).toEqual({ requestsIn10Seconds: 0, quota: 2, waiting: 0 });
  });

  it('does not wait for a clock that was set back to catch up', async () => {
    const clock = drivenClock(NINE);
    let offset = 0;
    const shaken = { ...clock, now: () => new Date(clock.now().getTime() + offset) };
    const budget = createRequestBudget(shaken, 1);
    const end = () => new Date(shaken.now().getTime() + 25_000);
    const first = await budget.take('accept', end());
    if (first.kind === 'granted') first.over();
    offset = -3_600_000;
    let isGranted = false;
    const taken = budget.take('accept', end()).then(({ kind }) => {
      isGranted = kind === 'granted';
    });
    await clock.advance(10_010);
    await taken;
    expect(isGranted).toBe(true);
  });

  it('keeps the quota as the router counts it, the order and the deadlines, whatever comes', async () => {
    const lane = fc.constantFrom<Lane>('accept', 'event', 'bulk', 'housekeeping');
    const arrival = fc.record({
      after: fc.integer({ min: 0, max: 1_500 }),
      lane,
      seconds: fc.integer({ min: 1, max: 30 }),
      takes: fc.integer({ min: 0, max: 3_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(arrival, { maxLength: 60 }),
      async (quota, arrivals) => {
        const { clock, ask, told } = world(quota);
        for (const { after, lane: its, seconds, takes, share } of arrivals) {
          await clock.advance(after);
          void ask(its, seconds, takes, share);
        }
        await clock.advance(90_000);
        expect(told).toHaveLength(arrivals.length);
        const starts = told.filter(({ kind }) => kind === 'granted');
        expectAtMost(quota, starts);
        expectAtMost(
          Math.max(1, Math.floor(quota * 0.05)),
          starts.filter((one) => one.lane === 'housekeeping'),
        );
        for (const its of ['accept', 'event', 'bulk', 'housekeeping'] as const) {
          const inLine = starts.filter((one) => one.lane === its).map(({ askedAt }) => askedAt);
          expect(inLine).toEqual(inLine.toSorted((one, other) => one - other));
        }
        for (const { at, askedAt } of told) expect(at - askedAt).toBeLessThanOrEqual(30_000);
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 20_260_302 });
  });

  it('starves no event, however many accepts there are', async () => {
    const { clock, ask, granted } = world(10);
    for (let second = 0; second < 60; second += 1) {
      for (let each = 0; each < 5; each += 1) void ask('accept', 1_000);
      if (second % 10 === 0) void ask('event', 120);
      await clock.advance(1_000);
    }
    await clock.advance(60_000);
    const waits = granted('event').map(({ at, askedAt }) => at - askedAt);
    expect(waits).toHaveLength(6);
    expect(Math.max(...waits)).toBeLessThan(20_000);
  });
});

/** In no ten seconds did the router count more. */
function expectAtMost(limit: number, starts: readonly { readonly countedAt: number }[]): void {
  const counted = starts.map(({ countedAt }) => countedAt).toSorted((one, other) => one - other);
  for (const [index, at] of counted.entries()) {
    const before = counted[index - limit];
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(10_000);
  }
}
