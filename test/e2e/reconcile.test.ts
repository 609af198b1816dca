import { afterAll, beforeAll, expect, it } from 'vitest';
import { provisionQuickstart, startTestSuite, type TestSuite } from '../support/suite.ts';

let suite: TestSuite;

beforeAll(async () => {
  suite = await startTestSuite();
});
afterAll(() => suite[Symbol.asyncDispose]());

it('ends a job of which no event was ever delivered', async () => {
  await provisionQuickstart(suite);
  const planned = await fetch(`${suite.routerUrl}/_emulator/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deliveries: [{ kind: 'drop' }] }),
  });
  expect(planned.status).toBe(200);
  await suite.callApp('POST', 'jobs', { id: 'job-lost', channelId: 'voice', queueId: 'queue-1' });
  await suite.clock.advance(31_000);

  const woken = await fetch(`${suite.host?.url}/admin/functions/reconcileJobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(woken.status).toBe(202);
  await expect
    .poll(() => suite.log.find((line) => line.includes('"looked"')), { timeout: 15_000 })
    .toBeDefined();

  const summary = suite.log.find((line) => line.includes('"looked"'));
  expect(JSON.parse(summary ?? '')).toMatchObject({ function: 'reconcileJobs', acted: 4, stuck: 0 });
  expect(
    suite.log.filter((line) => line.includes('"function":"reconcileJobs","jobId":"job-lost"')),
  ).toHaveLength(4);
  const gone = await fetch(`${suite.host?.url}/api/jobs/job-lost`);
  expect(gone.status).toBe(404);
});
