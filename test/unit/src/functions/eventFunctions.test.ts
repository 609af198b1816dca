import { InvocationContext } from '@azure/functions';
import { afterEach, describe, expect, it, vi } from 'vitest';
import routing from '../../../../routing.json' with { type: 'json' };
import { automation } from '../../../../src/automation/rules.ts';
import { replaceApp } from '../../../../src/composition.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter, type RouterState } from '../../../support/fakeJobRouter.ts';
import { acceptOffer, rescueJob } from '../../../support/registeredFunctions.ts';
import { rawEvent } from '../../../support/story.ts';
import { type TestApp, testApp } from '../../../support/testApp.ts';

const offer = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' });
const quiet = () => new InvocationContext({ logHandler: () => undefined });

let restore = (): void => undefined;
afterEach(() => {
  restore();
  vi.unstubAllEnvs();
});

function given(state: RouterState): TestApp {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const { rules } = automation.parse(routing.automation);
  const app = testApp({ rules, clock, router: fakeJobRouter(state, clock) });
  restore = replaceApp(app);
  return app;
}

const away = Array.from({ length: 3 }, () => 'timeout' as const);

describe('an Event Grid function', () => {
  it('answers with nothing when the event is settled', async () => {
    given({});
    expect(await acceptOffer.acceptOffer(offer, quiet())).toBeUndefined();
  });

  it('fails the invocation when the event must come again, naming the cause and the time', async () => {
    given({ answers: { acceptOffer: [{ status: 429, message: 'Busy', retryAfterSeconds: 60 }] } });
    await expect(acceptOffer.acceptOffer(offer, quiet())).rejects.toMatchObject({
      name: 'MustRetryError',
      message: 'The event must be delivered again: router answered 429: Busy',
      cause: 'router answered 429: Busy',
      retryAfterSeconds: 60,
    });
  });

  it('keeps an event it cannot read whole, with the reason, the time and its own name', async () => {
    const app = given({});
    const event = rawEvent({ event: '_malformed/dataIsText.json' });
    await acceptOffer.acceptOffer(event, quiet());
    expect(app.parkedEvents).toEqual([
      {
        reason: expect.stringContaining('not a readable RouterWorkerOfferIssued'),
        parkedAt: '2026-03-02T09:00:01.000Z',
        function: 'acceptOffer',
        event,
      },
    ]);
  });

  it.each<[string, RouterState, string, string]>([
    ['information', {}, 'RouterWorkerOfferIssued/voice.json', 'done'],
    ['information', { job: 'gone' }, 'RouterWorkerOfferIssued/voice.json', 'lostRace'],
    ['warning', { answers: { acceptOffer: away } }, 'RouterWorkerOfferIssued/voice.json', 'mustRetry'],
    ['error', {}, '_malformed/dataIsText.json', 'parked'],
  ])('logs at the level of %s when %j makes of %s: %s', async (level, state, event, outcome) => {
    given(state);
    const lines: unknown[] = [];
    const context = new InvocationContext({ logHandler: (at, line) => lines.push([at, line]) });
    const settled = Promise.resolve(acceptOffer.acceptOffer(rawEvent({ event }), context));
    await Promise.allSettled([settled]);
    expect(lines).toEqual([[level, expect.stringContaining(`"outcome":"${outcome}"`)]]);
  });

  it('warns of what only a person can mend', async () => {
    given({});
    const lines: unknown[] = [];
    const context = new InvocationContext({ logHandler: (at, line) => lines.push([at, line]) });
    await rescueJob.rescueJob(rawEvent({ event: 'RouterJobUnassigned/voice.json' }), context);
    expect(lines).toEqual([['warning', expect.stringContaining('"decision":"Report"')]]);
  });

  it('fails the invocation while a setting is wrong, so that no event is lost', async () => {
    vi.stubEnv('COMMUNICATION_CONNECTION_STRING', '');
    vi.stubEnv('COMMUNICATION_ENDPOINT', '');
    await expect(acceptOffer.acceptOffer(offer, quiet())).rejects.toMatchObject({ name: 'ConfigError' });
  });
});
