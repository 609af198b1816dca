import { describe, expect, it } from 'vitest';
import { type AutomationRule, automationRule } from '../../../src/automation/rules.ts';
import { type Handling, handleRouterEvent } from '../../../src/handleRouterEvent.ts';
import type { LogLine } from '../../../src/logLine.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { fakeJobRouter, type RouterState } from '../../support/fakeJobRouter.ts';
import { rawEvent } from '../../support/story.ts';

const voice = automationRule.parse({ name: 'voice', when: { channel: 'voice' }, accept: 'auto' });

function world(state: RouterState = {}, rules: readonly AutomationRule[] = [voice]) {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = fakeJobRouter(state, clock);
  const lines: LogLine[] = [];
  const handling = (reaction: Handling['reaction']): Handling => ({
    reaction,
    app: { rules, router, clock },
    log: (line) => lines.push(line),
  });
  return { router, lines, handling };
}

const offer = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' });

describe('handling an offer', () => {
  it('leads to one assignment when ten deliveries of it come at once, and acknowledges all ten', async () => {
    const { handling } = world();
    const deliveries = Array.from({ length: 10 }, () => handleRouterEvent(offer, handling('acceptOffer')));
    const outcomes = await Promise.all(deliveries);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', ...Array(9).fill('lostRace')]);
  });

  it('logs one line that says what was done, why, and how late', async () => {
    const { handling, lines } = world();
    await handleRouterEvent(offer, handling('acceptOffer'));
    expect(lines).toEqual([
      {
        routerEvent: 'RouterWorkerOfferIssued',
        eventId: 'e0e0e0e0-0004-4000-8000-0000000000ee',
        function: 'acceptOffer',
        jobId: 'job-1',
        workerId: 'worker-1',
        rule: 'voice',
        decision: 'AcceptOffer',
        outcome: 'done',
        did: 'accepted offer 0f0e1d2c-0001-4000-8000-00000000000a of job-1 for worker-1',
        why: 'rule "voice"',
        lagMilliseconds: 1000,
      },
    ]);
  });

  it('names the webhook in the log when the event came through it', async () => {
    const { handling, lines } = world();
    await handleRouterEvent(offer, handling('any'));
    expect(lines[0]?.function).toBe('receiveRouterEvents');
  });

  it('logs no label', async () => {
    const { handling, lines } = world();
    const event = 'RouterWorkerOfferIssued/labelsOfEveryType.json';
    await handleRouterEvent(rawEvent({ event }), handling('acceptOffer'));
    expect(JSON.stringify(lines)).not.toMatch(/Some-Skill|Mixed Case Value|A-17/);
  });
});

describe('what the log says was done', () => {
  it.each<[string, string, RouterState, Partial<AutomationRule>, string]>([
    [
      'completing',
      'RouterWorkerOfferAccepted',
      { job: 'assigned' },
      { complete: 'onAccept' },
      'completed assignment 0f0e1d2c-0002-4000-8000-00000000000b of job-1',
    ],
    [
      'closing',
      'RouterJobCompleted',
      { job: 'completed' },
      { close: { dispositionCode: 'Resolved' } },
      'closed assignment 0f0e1d2c-0002-4000-8000-00000000000b of job-1 as "Resolved"',
    ],
    [
      'closing later',
      'RouterJobCompleted',
      { job: 'completed' },
      { close: { wrapUpSeconds: 9 } },
      'closed assignment 0f0e1d2c-0002-4000-8000-00000000000b of job-1, to take effect at 2026-03-02T09:00:11.000Z',
    ],
    ['deleting', 'RouterJobClosed', { job: 'closed' }, { delete: true }, 'deleted job-1'],
    [
      'finding it done',
      'RouterWorkerOfferAccepted',
      { job: 'gone' },
      { complete: 'onAccept' },
      'nothing; would have completed assignment 0f0e1d2c-0002-4000-8000-00000000000b of job-1',
    ],
    ['leaving it', 'RouterJobClosed', { job: 'closed' }, {}, 'nothing'],
    [
      'a rule in shadow',
      'RouterJobClosed',
      { job: 'closed' },
      { accept: 'shadow', delete: true },
      'nothing; would have deleted job-1',
    ],
    [
      'parking',
      'RouterJobClosed',
      { job: 'closed', answers: { deleteJob: [{ status: 400 }] } },
      { delete: true },
      'parked the event',
    ],
    [
      'retrying',
      'RouterJobClosed',
      { job: 'closed', answers: { deleteJob: ['timeout'] } },
      { delete: true },
      'left the event to be delivered again',
    ],
  ])('about %s', async (_what, type, state, members, did) => {
    const { handling, lines } = world(state, [automationRule.parse({ name: 'it', ...members })]);
    await handleRouterEvent(rawEvent({ event: `${type}/voice.json` }), handling('any'));
    expect(lines[0]?.did).toBe(did);
  });
});

describe('facts that only the router knows', () => {
  const urgent = automationRule.parse({ name: 'urgent', when: { priority: { min: 5 } }, delete: true });
  const skilled = automationRule.parse({
    name: 'skilled',
    when: { workerLabels: { skill: 1 } },
    delete: true,
  });
  const closed = rawEvent({ event: 'RouterJobClosed/voice.json' });
  const cancelled = rawEvent({ event: 'RouterJobCancelled/voice.json' });

  it.each<[string, unknown, AutomationRule, RouterState, string]>([
    ['a priority that matches', closed, urgent, { job: 'closed', priority: 5 }, 'done'],
    ['a priority that does not', closed, urgent, { job: 'closed', priority: 4 }, 'ignored'],
    ['labels of a worker that match', closed, skilled, { job: 'closed', workerLabels: { skill: 1 } }, 'done'],
    ['labels of a worker that do not', closed, skilled, { job: 'closed' }, 'ignored'],
    ['no worker on a job cancelled in the queue', cancelled, skilled, { job: 'cancelled' }, 'ignored'],
    ['a job that is gone', closed, urgent, { job: 'gone' }, 'ignored'],
    ['a router that is away', closed, urgent, { answers: { getJob: ['timeout'] } }, 'mustRetry'],
    ['a router that refuses', closed, urgent, { answers: { getJob: [{ status: 400 }] } }, 'parked'],
    [
      'a worker that is gone',
      closed,
      skilled,
      { job: 'closed', answers: { getWorker: [{ status: 404 }] } },
      'ignored',
    ],
    [
      'a router away when asked for the worker',
      closed,
      skilled,
      { job: 'closed', answers: { getWorker: ['timeout'] } },
      'mustRetry',
    ],
  ])('are asked for: %s', async (_what, raw, rule, state, outcome) => {
    const { handling } = world(state, [rule]);
    expect((await handleRouterEvent(raw, handling('tidyJob'))).kind).toBe(outcome);
  });
});
