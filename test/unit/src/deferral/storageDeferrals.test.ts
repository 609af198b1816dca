import { expect, it } from 'vitest';
import type { Deferral } from '../../../../src/deferral/deferral.ts';
import { readDeferral } from '../../../../src/deferral/deferralMessage.ts';
import { pauseAfter } from '../../../../src/deferral/pauseAfter.ts';
import { storageDeferrals } from '../../../../src/deferral/storageDeferrals.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import { noMessageQueue } from '../../../../src/storage/messageQueue.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { queueInMemory } from '../../../support/queueInMemory.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const completion: Deferral = {
  kind: 'completion',
  rule: 'voice',
  jobId: idFrom('job-1'),
  assignmentId: idFrom('a-1'),
  attempt: 1,
  firstDeferredAt: '2026-03-02T09:00:00.000Z',
};

it('keeps a deferral hidden until its time, and reads it back', async () => {
  const queue = queueInMemory();
  const put = await storageDeferrals(queue, clock).put(completion, new Date('2026-03-02T09:01:30Z'));
  expect(put).toEqual({ kind: 'kept' });
  expect(queue.delays).toEqual([90]);
  expect(queue.texts().map(readDeferral)).toEqual([completion]);
});

it('says which setting is missing where there is no storage account', async () => {
  expect(await storageDeferrals(noMessageQueue(), clock).put(completion, clock.now())).toEqual({
    kind: 'unavailable',
    message: expect.stringContaining('set AzureWebJobsStorage'),
  });
});

it('keeps no event that no message holds', async () => {
  const event = Array.from({ length: 40_000 }, (_, index) => Math.sin(index));
  const deferral = { kind: 'event', event, attempt: 1, firstDeferredAt: completion.firstDeferredAt } as const;
  expect(await storageDeferrals(queueInMemory(), clock).put(deferral, clock.now())).toEqual({
    kind: 'tooLarge',
    message: 'the event is too large for a queue message, compressed too',
  });
});

it('a text that is no deferral is unreadable', () => {
  expect(readDeferral('{"kind":"dance"}')).toHaveProperty('unreadable');
  expect(readDeferral('hello')).toHaveProperty('unreadable');
});

it('pauses grow as those of Event Grid, outlast a day, and then end', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => pauseAfter(attempt))).toEqual([
    10, 30, 60, 300, 600, 1800, 3600, 3600,
  ]);
  const all = Array.from({ length: 36 }, (_, index) => pauseAfter(index + 1) ?? 0);
  expect(all.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(24 * 3600);
  expect(pauseAfter(37)).toBeUndefined();
  expect(pauseAfter(1, 45)).toBe(45);
  expect(pauseAfter(2, 5)).toBe(30);
});
