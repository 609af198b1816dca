import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { automation } from '../../../src/automation/rules.ts';
import { handleRouterEvent } from '../../../src/handleRouterEvent.ts';
import type { LogLine } from '../../../src/handling/logLine.ts';
import { type EventFunction, reactions } from '../../../src/handling/reactions.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { fakeJobRouter } from '../../support/fakeJobRouter.ts';
import { fuzzing, mutatedEvent } from '../../support/mutatedEvents.ts';
import { rawEvent } from '../../support/story.ts';
import { testApp } from '../../support/testApp.ts';

/** Rules that look at everything a rule can look at. */
const inForce = automation.parse({
  rules: [
    {
      name: 'picky',
      when: {
        queue: ['queue-1', 'queue-2'],
        priority: { min: 0, max: 10 },
        jobLabels: { VIP: { notEqual: false }, Amount: { lessThan: 1e9 } },
        workerLabels: { 'Some-Skill': { greaterThanOrEqual: 10 }, language: 'en' },
        hours: { timeZone: 'Europe/Berlin', from: '22:00', to: '06:00' },
      },
      accept: 'auto',
    },
    {
      name: 'voice',
      when: { channel: 'voice' },
      accept: 'auto',
      complete: 'onAccept',
      completeAfterSeconds: 30,
      close: { wrapUpSeconds: 10 },
      delete: true,
      rescue: { activate: true, fallbackQueue: 'queue-2' },
    },
    { name: 'rest', accept: 'shadow', complete: 'onAccept', close: {}, delete: true },
  ],
  automatedWorkers: [{ name: 'bots', workerLabels: { 'Some-Skill': { greaterThan: 1 } } }],
});

const functionNames = [...Object.keys(reactions), 'receiveRouterEvents'] as EventFunction[];
const states = ['offered', 'assigned', 'completed', 'closed', 'cancelled', 'gone'] as const;
const outcomes = ['done', 'lostRace', 'alreadyDone', 'ignored', 'parked', 'mustRetry'];
/** Where something is wrong: a member by its path, or the event as a whole. Or the router itself has refused. */
const namesAField = /^not .*: (?:the event|id|type|eventType|data(?:\.\w+)*): |^router answered 4\d\d /;

const fuzzed = fc.record({
  event: mutatedEvent,
  functionName: fc.constantFrom(...functionNames),
  job: fc.constantFrom(...states),
  allowedTopics: fc.constantFrom(undefined, ['/subscriptions/another']),
});

const { parameters, limits } = fuzzing(12_000);

describe('any event', () => {
  it(
    'comes to a known outcome in one line of the log, and one that cannot be read is told what is wrong with it',
    limits,
    async () => {
      let logged = 0;
      const property = fc.asyncProperty(fuzzed, async ({ event, functionName, job, allowedTopics }) => {
        const clock = fakeClock('2026-03-02T09:00:01Z');
        const router = fakeJobRouter(
          { job, jobLabels: { VIP: true }, workerLabels: { 'Some-Skill': 11 } },
          clock,
        );
        const lines: LogLine[] = [];
        const outcome = await handleRouterEvent(event, {
          functionName,
          app: testApp({ automation: async () => inForce, allowedTopics, router, clock }),
          log: (line) => lines.push(line),
        });
        expect(outcomes).toContain(outcome.kind);
        expect(lines).toHaveLength(1);
        expect(JSON.stringify(lines[0])).toContain(outcome.kind);
        if (outcome.kind === 'parked') expect(outcome.reason).toMatch(namesAField);
        logged += lines.length;
      });
      await fc.assert(property, parameters);
      expect(logged).toBe(parameters.numRuns);
    },
  );

  it('is read as well as before by those who come after it', async () => {
    const clock = fakeClock('2026-03-02T09:00:01Z');
    const app = testApp({ automation: async () => inForce, router: fakeJobRouter({}, clock), clock });
    const handling = { functionName: 'acceptOffer', app, log: () => undefined } as const;
    expect(
      await handleRouterEvent(rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' }), handling),
    ).toEqual({
      kind: 'done',
    });
    expect(Object.prototype).not.toHaveProperty('inner');
  });
});
