/** The smoke test against the suite, which stands in for a deployed app. Time is the test's own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickstartRouting } from '../../emulator/app.ts';
import { appUnderTest } from '../../smoke/appUnderTest.ts';
import job from '../../smoke/job.json' with { type: 'json' };
import { runSmokeTest, type SmokeTest } from '../../smoke/smokeTest.ts';
import { startAnsweringServer } from '../support/answeringServer.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { startTestSuite, type TestSuite } from '../support/suite.ts';

describe('the smoke test', () => {
  let suite: TestSuite;
  let said: string[];
  beforeEach(async () => {
    suite = await startTestSuite();
    said = [];
  });
  afterEach(() => suite.close());

  /** Whenever the smoke test waits, the router and Event Grid get on with their work. */
  function smokeTest(): SmokeTest {
    const clock = fakeClock('2026-03-02T09:00:00Z');
    return {
      app: appUnderTest(suite.host?.url ?? '', undefined),
      clock: {
        now: clock.now,
        async wait(milliseconds) {
          await clock.wait(milliseconds);
          await suite.clock.settle();
        },
      },
      say: (line) => void said.push(line),
      job,
      jobId: 'smoke-1',
      until: 'closed',
      limitSeconds: 10,
    };
  }

  it('passes when events bring its job to the end', async () => {
    await runSmokeTest({ ...smokeTest(), routing: await quickstartRouting() });
    expect(said.at(0)).toBe('healthy');
    expect(said.slice(1, 3)).toEqual(['routing document applied', 'submitted smoke-1']);
    expect(said.at(-1)).toBe('deleted');
  });

  it('fails when no event reaches the app, and says where the job stands and what to look at', async () => {
    suite.eventGrid.unsubscribe('acceptOffer');
    const run = runSmokeTest({ ...smokeTest(), routing: await quickstartRouting() });
    await expect(run).rejects.toThrow(
      /^Job smoke-1 is not closed after 10 s; last seen: queued\. .*acceptOffer/,
    );
  });

  it('fails when the job is refused, with the reason', async () => {
    await expect(runSmokeTest(smokeTest())).rejects.toThrow(/^Job smoke-1 was not taken: 4\d\d .*queue-1/);
  });

  it('refuses to pass on a job of an earlier run', async () => {
    await runSmokeTest({ ...smokeTest(), routing: await quickstartRouting(), until: 'assigned' });
    await suite.callApp('POST', 'jobs', { ...job, id: 'smoke-1' });
    await expect(runSmokeTest(smokeTest())).rejects.toThrow('Job smoke-1 was not taken: 200');
  });

  it('fails when the app does not become healthy, with the last reason', async () => {
    await using broken = await startAnsweringServer({
      status: 503,
      body: { title: 'The settings of the app are wrong', detail: 'Wrong: COMMUNICATION_ENDPOINT.' },
    });
    const app = appUnderTest(broken.connection.endpoint, 'key-1');
    await expect(runSmokeTest({ ...smokeTest(), app })).rejects.toThrow(
      'The app is not healthy after 10 s: 503 The settings of the app are wrong. Wrong: COMMUNICATION_ENDPOINT.',
    );
    expect(said).toHaveLength(1);
    expect(broken.seen[0]).toMatchObject({ url: '/api/health', headers: { 'x-functions-key': 'key-1' } });
  });
});

it('keeps a key from being sent in clear', () => {
  expect(() => appUnderTest('http://app.example.com', 'key-1')).toThrow('in clear');
});
