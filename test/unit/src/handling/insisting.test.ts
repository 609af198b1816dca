import { expect, it } from 'vitest';
import { automationRule } from '../../../../src/automation/rules.ts';
import { workTags } from '../../../../src/automation/workTags.ts';
import { handleRouterEvent } from '../../../../src/handleRouterEvent.ts';
import type { EventFunction } from '../../../../src/handling/reactions.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';
import { rawEvent } from '../../../support/story.ts';
import { testApp } from '../../../support/testApp.ts';

const ASSIGNMENT = '0f0e1d2c-0002-4000-8000-00000000000b';
const work = { url: 'https://work.example/', timeoutSeconds: 5 };
const rules = [automationRule.parse({ name: 'it', accept: 'auto', complete: 'onAccept', work })];

it.each<[EventFunction, number, string]>([
  ['completeJob', 0, 'parked'],
  ['reconcileJobs', 0, 'parked'],
  ['resendParkedEvents', 1, 'done'],
])('work that is left to a person: %s asks for it %i times', async (functionName, times, kind) => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const fake = fakeJobRouter({ job: 'assigned' }, clock);
  const router: JobRouter = {
    ...fake,
    until: () => router,
    async getJob(id) {
      const job = await fake.getJob(id);
      if (job.kind !== 'ok') return job;
      return { ...job, value: { ...job.value, tags: { [workTags.leftToPerson]: ASSIGNMENT } } };
    },
  };
  let asked = 0;
  const call = async () => {
    asked += 1;
    return { kind: 'done' } as const;
  };
  const app = testApp({ rules, clock, router, work: { call } });
  const event = rawEvent({ event: 'RouterWorkerOfferAccepted/voice.json' });
  const outcome = await handleRouterEvent(event, { functionName, app, log: () => {} });
  expect({ asked, kind: outcome.kind }).toEqual({ asked: times, kind });
});
