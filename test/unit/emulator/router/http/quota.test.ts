import { expect, it } from 'vitest';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createQuota } from '../../../../../emulator/router/http/quota.ts';
import { NINE_AM, scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';

it('refuses the thousand-and-first request of ten seconds, says when to come again, and then lets it through', async () => {
  const clock = createManualClock(NINE_AM);
  const { send } = surfaceOf(scriptedRouter(), { clock, checkQuota: createQuota(clock) });
  for (let request = 0; request < 1000; request += 1) {
    expect((await send('GET', '/routing/jobs')).status).toBe(200);
  }
  await clock.advance(7_500);
  const refused = await send('GET', '/routing/jobs');
  expect([refused.status, refused.headers['retry-after'], refused.body]).toEqual([
    429,
    '3',
    {
      communicationError: {
        code: 'ThrottleLimitExceededException',
        message: expect.any(String),
        target: '/routing/jobs',
      },
    },
  ]);
  await clock.advance(2_500);
  expect((await send('GET', '/routing/jobs')).status).toBe(200);
});
