import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createFaults, faultPlan } from '../../../../../emulator/control/faults.ts';
import { NINE_AM, scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';

const plan = faultPlan(['CancelJob', 'GetJob', 'ListJobs']);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function faulty(written: object) {
  const faults = createFaults();
  faults.use(plan.parse(written));
  const callersClock = createManualClock(NINE_AM);
  const router = scriptedRouter({ answers: { CancelJob: {} } });
  const surface = surfaceOf(router, { callersClock, faultOf: faults.ofOperation });
  closing.push(() => surface.server.close());
  const cancel = () => surface.send('POST', '/routing/jobs/job-1:cancel');
  return { router, callersClock, cancel, send: surface.send };
}

describe('a request that is to go wrong', () => {
  it.each([
    { kind: 429, retryAfterSeconds: 7, header: '7' },
    { kind: '429', header: '1' },
    { kind: '503', retryAfterSeconds: 2, header: '2' },
    { kind: '500', header: undefined },
  ])('is refused with $kind and without effect', async ({ header, ...fault }) => {
    const { router, cancel } = faulty({ router: [fault] });
    const answer = await cancel();
    expect([answer.status, answer.headers['retry-after']]).toEqual([Number(fault.kind), header]);
    expect(router.commands).toEqual([]);
  });

  it('waits and is then carried out', async () => {
    const { router, callersClock, cancel } = faulty({ router: [{ kind: 'delay', delayMilliseconds: 5000 }] });
    const answer = cancel();
    await expect.poll(() => callersClock.nextDue()).toBeDefined();
    expect(router.commands).toEqual([]);
    await callersClock.advance(5000);
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['timeoutBefore', 0],
    ['timeoutAfter', 1],
  ])('is never answered with %s, and has %i effects', async (kind, effects) => {
    const { router, callersClock, cancel } = faulty({ router: [{ kind, delayMilliseconds: 30_000 }] });
    const answer = cancel();
    await expect.poll(() => callersClock.nextDue()).toBeDefined();
    await Promise.all([expect(answer).rejects.toThrow(), callersClock.advance(30_000)]);
    expect(router.commands).toHaveLength(effects);
  });

  it('is one for the operation the plan names, and no other', async () => {
    const { cancel, send } = faulty({ router: [{ operation: 'ListJobs', kind: '500' }] });
    expect((await cancel()).status).toBe(200);
    expect((await send('GET', '/routing/jobs')).status).toBe(500);
  });
});

describe('a plan of faults', () => {
  const drawn = (seed: number) => {
    const faults = createFaults();
    faults.use(
      plan.parse({
        seed,
        router: [{ kind: '500', probability: 0.3 }],
        deliveries: [{ kind: 'drop', eventType: 'RouterJobQueued', probability: 0.5 }],
      }),
    );
    return Array.from({ length: 100 }, () => [
      faults.ofOperation('GetJob')?.kind,
      faults.ofDelivery('Microsoft.Communication.RouterJobQueued')?.kind,
      faults.ofDelivery('Microsoft.Communication.RouterJobClosed')?.kind,
    ]);
  };

  it('strikes in the same places for the same seed, and in others for another', () => {
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  it('strikes about as often as it says, and only what it names', () => {
    const [requests, queued, closed] = [0, 1, 2].map(
      (column) => drawn(7).filter((row) => row[column] !== undefined).length,
    );
    expect(requests).toBeGreaterThan(15);
    expect(requests).toBeLessThan(45);
    expect(queued).toBeGreaterThan(30);
    expect(closed).toBe(0);
  });
});
