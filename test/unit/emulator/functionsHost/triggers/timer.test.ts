import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { NINE_AM, runApp } from '../support.ts';

const tick = (schedule: string, more = '') =>
  `app.timer('tick', { schedule: '${schedule}', ${more} handler: (timer, context) => context.log(timer.scheduleStatus.next) });`;

describe('a timer function', () => {
  it('runs at every full step of its schedule', async () => {
    const clock = createManualClock(secondsAfter(NINE_AM, 30));
    const { userLines } = await runApp(tick('0 */5 * * * *'), { clock });
    await clock.advance(10 * 60 * 1000);
    expect(userLines()).toEqual(['2026-03-02T09:10:00.000Z', '2026-03-02T09:15:00.000Z']);
  });

  it('reads its schedule from a setting', async () => {
    const clock = createManualClock(NINE_AM);
    const { userLines } = await runApp(tick('%SCHEDULE%'), {
      clock,
      environment: { SCHEDULE: '*/30 * * * * *' },
    });
    await clock.advance(30_000);
    expect(userLines()).toHaveLength(1);
  });

  it('runs at start-up when it asks to', async () => {
    const clock = createManualClock(NINE_AM);
    const { userLines } = await runApp(tick('0 0 3 * * *', 'runOnStartup: true,'), { clock });
    await clock.settle();
    expect(userLines()).toHaveLength(1);
  });

  it('stops with the host', async () => {
    const clock = createManualClock(NINE_AM);
    const { host, userLines } = await runApp(tick('* * * * * *'), { clock });
    await host.close();
    await clock.advance(5000);
    expect(userLines()).toEqual([]);
  });

  it('is listed as not scheduled when its schedule is not a simple one', async () => {
    const { entries } = await runApp(tick('0 30 9 * * 1-5'));
    const list = entries.map(({ message }) => message).join('\n');
    expect(list).toContain('\ttick: timerTrigger (NOT SCHEDULED: this host does not keep "0 30 9 * * 1-5"');
  });
});
