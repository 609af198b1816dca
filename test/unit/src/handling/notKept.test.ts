/** What the storage did not take is not acknowledged: nobody would ever do it. */
import { expect, it } from 'vitest';
import { storageDeferrals } from '../../../../src/deferral/storageDeferrals.ts';
import { completeLater } from '../../../../src/handling/completeLater.ts';
import { doWork } from '../../../../src/handling/doWork.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import { noMessageQueue } from '../../../../src/storage/messageQueue.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const deferrals = storageDeferrals(noMessageQueue(), clock);
const about = { rule: 'voice', jobId: idFrom<never>('job-1'), assignmentId: idFrom<never>('a-1') };

it('a completion that could not be put off brings its event back', async () => {
  const dueAt = new Date('2026-03-02T09:10:00Z');
  expect(await completeLater({ kind: 'CompleteLater', ...about, dueAt }, { deferrals, clock })).toEqual({
    kind: 'mustRetry',
    cause: expect.stringMatching(/^the completion could not be kept for later: .*AzureWebJobsStorage/),
  });
});

it('work that could not be handed over brings its event back', async () => {
  const work = { url: 'https://work.example/', timeoutSeconds: 60, onFailure: 'leave' } as const;
  const outcome = await doWork(
    { kind: 'DoWork', ...about, workerId: idFrom('worker-1'), work },
    {
      router: fakeJobRouter({ job: 'assigned' }, clock),
      deferrals,
      work: { call: async () => ({ kind: 'done' }) },
      clock,
      answerBy: new Date('2026-03-02T09:00:25Z'),
    },
  );
  expect(outcome).toEqual({
    kind: 'mustRetry',
    cause: expect.stringMatching(/^the work could not be handed over: .*AzureWebJobsStorage/),
  });
});
