import { describe, expect, it } from 'vitest';
import { KNOWN_EVENT_TYPES } from '../../../../emulator/eventGrid/eventTypes.ts';
import { sampleEvent } from '../../../../emulator/eventGrid/sampleEvent.ts';
import { answer, subscribedWorld } from '../../../support/eventGridWorld.ts';
import { NINE_AM } from '../../../support/routerFacts.ts';

describe('a sample event', () => {
  it.each(KNOWN_EVENT_TYPES)('can be had of type %s', (type) => {
    expect(sampleEvent(type, NINE_AM)).toMatchObject({
      type,
      subject: expect.stringMatching(/^(job|worker)\//),
    });
  });

  it('can be had by the short name, and not of a type nobody publishes', () => {
    expect(sampleEvent('RouterJobClosed', NINE_AM)?.type).toBe('Microsoft.Communication.RouterJobClosed');
    expect(sampleEvent('RouterJobLabelsUpdated', NINE_AM)).toBeUndefined();
  });

  it('has the members it is given, the subject following them', () => {
    const event = sampleEvent('RouterJobClosed', NINE_AM, {
      data: { jobId: 'job-7', assignmentId: 'a-7', labels: { vip: true }, tags: undefined, extra: 1 },
    });
    expect(event?.subject).toBe('job/job-7/channel/voice/assignment/a-7');
    expect(event?.data).toStrictEqual({
      assignmentId: 'a-7',
      workerId: 'worker-1',
      dispositionCode: 'Resolved',
      queueId: 'queue-1',
      labels: { vip: true },
      jobId: 'job-7',
      channelId: 'voice',
      extra: 1,
    });
  });

  it('has the subject it is given', () => {
    expect(sampleEvent('RouterWorkerDeleted', NINE_AM, { subject: 'mine' })?.subject).toBe('mine');
  });

  it('is published and delivered like any other when it is triggered', async () => {
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(200));
    const event = eventGrid.trigger('RouterJobSchedulingFailed', { data: { failureReason: 'Full' } });
    await clock.settle();
    expect(eventGrid.events()).toEqual([event]);
    expect(JSON.parse(notifications()[0]?.body ?? '')).toMatchObject([
      { id: event?.id, data: { failureReason: 'Full' }, eventTime: '2026-03-02T09:00:00.0000000Z' },
    ]);
    expect(eventGrid.trigger('RouterWorkerOfferTeleported')).toBeUndefined();
  });
});
