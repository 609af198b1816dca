import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { CommandOf } from '../../../../../emulator/router/engine/commands.ts';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { MatchingMode } from '../../../../../emulator/router/engine/model/job.ts';
import { id, NINE_AM, playRouter, SECONDS } from './playRouter.ts';

const at = (seconds: number): MatchingMode => ({
  kind: 'scheduleAndSuspend',
  scheduleAt: secondsAfter(NINE_AM, seconds),
});
const queueAndMatch: MatchingMode = { kind: 'queueAndMatch' };

const opened = () => {
  const router = playRouter();
  router.openQueue();
  router.available('worker-1');
  router.told();
  return router;
};

describe('a scheduled job', () => {
  it('is pending, then scheduled, and waits for activation when its time has come', () => {
    const router = opened();
    expect(router.submit('job-1', { matchingMode: at(60) }).resource.status).toBe('pendingSchedule');
    expect(router.jobNamed('job-1').status).toBe('scheduled');
    router.advance(59_999);
    expect(router.jobNamed('job-1')).not.toHaveProperty('scheduledAt');
    router.advance(1);
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'waitingForActivation',
      scheduledAt: NINE_AM + 60 * SECONDS,
    });
    expect(router.jobNamed('job-1')).not.toHaveProperty('enqueuedAt');
    expect(router.lastFact('JobWaitingForActivation')).toMatchObject({ unavailableForMatching: true });
    expect(router.told()).toEqual(['JobReceived job-1', 'JobWaitingForActivation job-1']);
    expect(router.offered()).toEqual([]);
  });

  it('shows its first status for a moment when delays are realistic', () => {
    const router = playRouter({ delays: realisticDelays, random: () => 0 });
    router.openQueue();
    router.submit('job-1', { matchingMode: at(60) });
    router.advance(249);
    expect(router.jobNamed('job-1').status).toBe('pendingSchedule');
    router.advance(1);
    expect(router.jobNamed('job-1').status).toBe('scheduled');
  });

  it('is queued in the same answer once it is asked for, and keeps the time of its activation', () => {
    const router = opened();
    router.submit('job-1', { matchingMode: at(60) });
    router.advance(90 * SECONDS);
    const { resource } = router.job('job-1', { matchingMode: queueAndMatch, priority: 100 });
    expect(resource).toMatchObject({
      status: 'queued',
      priority: 100,
      enqueuedAt: NINE_AM + 90 * SECONDS,
      scheduledAt: NINE_AM + 60 * SECONDS,
    });
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it.each(['pendingSchedule', 'scheduled'])('can be queued early, out of %s', (status) => {
    const router = opened();
    const command: CommandOf<'UpsertJob'> = {
      type: 'UpsertJob',
      id: id('job-1'),
      patch: { channelId: 'voice', queueId: id('queue-1'), matchingMode: at(60) },
    };
    if (status === 'scheduled') router.ask<'UpsertJob'>(command);
    else router.handle<'UpsertJob'>(command);
    expect(router.jobNamed('job-1').status).toBe(status);
    expect(router.job('job-1', { matchingMode: null }).resource.status).toBe('queued');
    router.advance(120 * SECONDS);
    expect(router.jobNamed('job-1')).not.toHaveProperty('scheduledAt');
    expect(router.told()).not.toContain('JobWaitingForActivation job-1');
  });

  it('is activated at once when its time has passed', () => {
    const router = opened();
    router.submit('job-1', { matchingMode: at(-5) });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'waitingForActivation', scheduledAt: NINE_AM });
  });

  it('follows an edit of its time', () => {
    const router = opened();
    router.submit('job-1', { matchingMode: at(60) });
    router.job('job-1', { matchingMode: at(120) });
    router.advance(119 * SECONDS);
    expect(router.jobNamed('job-1').status).toBe('scheduled');
    router.advance(SECONDS);
    expect(router.jobNamed('job-1').status).toBe('waitingForActivation');
  });

  it('can be cancelled before its time, and stays cancelled', () => {
    const router = opened();
    router.submit('job-1', { matchingMode: at(60) });
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    router.advance(90 * SECONDS);
    expect(router.jobNamed('job-1').status).toBe('cancelled');
  });

  it('leaves its queue when it is scheduled afterwards, and loses its offer', () => {
    const router = opened();
    router.submit('job-1');
    router.told();
    router.job('job-1', { matchingMode: at(60) });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'scheduled', enqueuedAt: NINE_AM });
    expect(router.told()).toEqual(['WorkerOfferRevoked job-1 worker-1']);
  });

  it('goes through its classification first', () => {
    const router = opened();
    router.classification('classify', { fallbackQueueId: id('queue-1') });
    const patch = { channelId: 'voice', classificationPolicyId: id<never>('classify'), matchingMode: at(60) };
    expect(router.job('job-1', patch).resource.status).toBe('pendingClassification');
    expect(router.jobNamed('job-1').status).toBe('scheduled');
  });
});
