import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../emulator/clock/instant.ts';
import { createManualClock } from '../../../../emulator/clock/manualClock.ts';
import { createSteps } from '../../../../emulator/demo/steps.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');
const never = new Promise<never>(() => {});

function givenSteps(hostEnded: Promise<string> = never) {
  const clock = createManualClock(NINE_AM);
  return { clock, steps: createSteps(clock, 15, hostEnded) };
}

describe('a step of the demo', () => {
  it('gives back what happened', async () => {
    const { steps } = givenSteps();
    await expect(steps.take('the router answers', Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('fails after the limit, naming itself and what was last seen', async () => {
    const { clock, steps } = givenSteps();
    steps.saw('RouterWorkerOfferIssued for worker/worker-1/job/job-1');
    const outcome = expect(steps.take('the app accepts the offer', never)).rejects.toThrow(
      /the app accepts the offer[\s\S]*15 s[\s\S]*Last seen: RouterWorkerOfferIssued for worker\/worker-1/,
    );
    await clock.advance(15_000);
    await outcome;
  });

  it('has the whole limit again each time a long step progresses, and only then', async () => {
    const { clock, steps } = givenSteps();
    const ended: string[] = [];
    const step = steps.take('all jobs are closed', never).catch(() => void ended.push('failed'));
    await clock.advance(10_000);
    steps.progressed();
    await clock.advance(14_000);
    steps.saw('the same thing again');
    expect(ended).toEqual([]);
    await clock.advance(1000);
    await step;
    expect(ended).toEqual(['failed']);
  });

  it('fails at once when the host dies, saying how', async () => {
    const { steps } = givenSteps(Promise.resolve('the Functions host (process 7) ended with SIGKILL'));
    await expect(steps.take('the app completes the job', never)).rejects.toThrow(
      /the app completes the job[\s\S]*SIGKILL/,
    );
  });

  it('leaves nothing behind on the clock', async () => {
    const { clock, steps } = givenSteps();
    await steps.take('the router answers', Promise.resolve());
    expect(clock.nextDue()).toBeUndefined();
  });
});
