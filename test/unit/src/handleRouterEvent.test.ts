import { describe, expect, it } from 'vitest';
import { type AutomationRule, automationRule } from '../../../src/automation/rules.ts';
import { type Handling, handleRouterEvent } from '../../../src/handleRouterEvent.ts';
import type { LogLine } from '../../../src/handling/logLine.ts';
import { openJobRouter } from '../../../src/jobRouter/openJobRouter.ts';
import { startAnsweringServer } from '../../support/answeringServer.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { fakeJobRouter, type RouterState } from '../../support/fakeJobRouter.ts';
import { rawEvent } from '../../support/story.ts';
import { testApp } from '../../support/testApp.ts';

const voice = automationRule.parse({ name: 'voice', when: { channel: 'voice' }, accept: 'auto' });

function world(state: RouterState = {}, rules: readonly AutomationRule[] = [voice]) {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = fakeJobRouter(state, clock);
  const lines: LogLine[] = [];
  const handling = (functionName: Handling['functionName']): Handling => ({
    functionName,
    app: testApp({ rules: [...rules], router, clock }),
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
        subject: 'worker/worker-1/job/job-1',
        function: 'acceptOffer',
        jobId: 'job-1',
        workerId: 'worker-1',
        rule: 'voice',
        decision: 'AcceptOffer',
        outcome: 'done',
        did: 'accepted offer 0f0e1d2c-0001-4000-8000-00000000000a of job-1 for worker-1',
        why: 'rule "voice"',
        lagMilliseconds: 1000,
        durationMilliseconds: 0,
      },
    ]);
  });

  it('names the webhook in the log when the event came through it', async () => {
    const { handling, lines } = world();
    await handleRouterEvent(offer, handling('receiveRouterEvents'));
    expect(lines[0]?.function).toBe('receiveRouterEvents');
  });

  it('leaves undone, and says why, what whoever asks knows a reason against', async () => {
    const { handling, lines, router } = world();
    const holdBack: Handling['holdBack'] = ({ kind }) => `${kind} has to wait`;
    const outcome = await handleRouterEvent(offer, { ...handling('reconcileJobs'), holdBack });
    expect(outcome).toEqual({ kind: 'ignored', reason: 'AcceptOffer has to wait' });
    expect(router.calls).toEqual([]);
    expect(lines).toMatchObject([{ decision: 'Ignore', outcome: 'ignored', why: 'AcceptOffer has to wait' }]);
  });

  it('does what nobody knows a reason against', async () => {
    const { handling } = world();
    const holdBack = () => undefined;
    const outcome = await handleRouterEvent(offer, { ...handling('reconcileJobs'), holdBack });
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('logs no label', async () => {
    const { handling, lines } = world();
    const event = 'RouterWorkerOfferIssued/labelsOfEveryType.json';
    await handleRouterEvent(rawEvent({ event }), handling('acceptOffer'));
    expect(JSON.stringify(lines)).not.toMatch(/Some-Skill|Mixed Case Value|A-17/);
  });
});

describe('an allow-list of topics', () => {
  const topic =
    '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/EMULATOR/providers/microsoft.communication/communicationservices/emulator';
  const handleUnder = async (raw: unknown, allowedTopics: readonly string[] | undefined) => {
    const { handling, lines } = world();
    const { app, ...rest } = handling('acceptOffer');
    const outcome = await handleRouterEvent(raw, { ...rest, app: { ...app, allowedTopics } });
    return { kind: outcome.kind, decision: lines[0]?.decision, why: lines[0]?.why };
  };

  it.each([
    ['in the Event Grid schema', offer],
    ['as a CloudEvent', rawEvent({ event: 'RouterWorkerOfferIssued/cloudEvent.json' })],
  ])('lets in events of its resources, in whatever case, and refuses others: %s', async (_schema, raw) => {
    expect(await handleUnder(raw, [topic])).toMatchObject({ kind: 'done' });
    expect(await handleUnder(raw, undefined)).toMatchObject({ kind: 'done' });
    expect(await handleUnder(raw, [`${topic}2`])).toEqual({
      kind: 'ignored',
      decision: 'Report',
      why: expect.stringMatching(
        /communicationServices\/emulator is not allowed \(setting ALLOWED_TOPICS\)$/,
      ),
    });
  });

  it('refuses an event that does not say where it comes from', async () => {
    const raw = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json', with: { topic: undefined } });
    expect(await handleUnder(raw, [topic])).toMatchObject({ kind: 'ignored', decision: 'Report' });
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
      { job: 'closed', answers: { deleteJob: ['timeout', 'timeout', 'timeout'] } },
      { delete: true },
      'left the event to be delivered again',
    ],
  ])('about %s', async (_what, type, state, members, did) => {
    const { handling, lines } = world(state, [automationRule.parse({ name: 'it', ...members })]);
    await handleRouterEvent(rawEvent({ event: `${type}/voice.json` }), handling('receiveRouterEvents'));
    expect(lines[0]?.did).toBe(did);
  });
});

describe('traits that only the router knows', () => {
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
    [
      'a router that is away',
      closed,
      urgent,
      { answers: { getJob: ['timeout', 'timeout', 'timeout'] } },
      'mustRetry',
    ],
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
      { job: 'closed', answers: { getWorker: ['timeout', 'timeout', 'timeout'] } },
      'mustRetry',
    ],
  ])('are asked for: %s', async (_what, raw, rule, state, outcome) => {
    const { handling } = world(state, [rule]);
    expect((await handleRouterEvent(raw, handling('tidyJob'))).kind).toBe(outcome);
  });
});

describe('handling an event with a router that answers slowly', () => {
  const tidy = automationRule.parse({ name: 'tidy', when: { workerLabels: { skill: 1 } }, delete: true });
  const cancelled = rawEvent({ event: 'RouterJobCancelled/voice.json' });
  const everyCall = [
    'GET /routing/jobs/job-1',
    'GET /routing/workers/worker-1',
    'DELETE /routing/jobs/job-1',
    'GET /routing/jobs/job-1',
  ];

  it.each([
    ['6 s for each of four calls', 6, everyCall, 24, 'mustRetry: router answered 409'],
    ['7 s for each of four calls', 7, everyCall, 25, 'mustRetry: router unreachable: No answer in time'],
    ['9.9 s for each', 9.9, everyCall.slice(0, 3), 25, 'mustRetry: router unreachable: No answer in time'],
    [
      'longer than a call may take',
      11,
      Array(3).fill(everyCall[0]),
      25,
      'mustRetry: router unreachable: No answer',
    ],
  ])('ends before Event Grid gives up: %s', async (_what, seconds, calls, over, outcome) => {
    const clock = fakeClock('2026-03-02T09:00:01Z');
    const startedAt = clock.now().getTime();
    const assignments = { a: { assignmentId: 'a', workerId: 'worker-1' } };
    await using server = await startAnsweringServer(({ method, url }) => {
      clock.elapse(seconds * 1000);
      if (method === 'DELETE') return { status: 409 };
      return url.startsWith('/routing/jobs/')
        ? { status: 200, body: { id: 'job-1', status: 'cancelled', assignments } }
        : { status: 200, body: { id: 'worker-1', labels: { skill: 1 } } };
    });
    const lines: LogLine[] = [];
    await handleRouterEvent(cancelled, {
      functionName: 'tidyJob',
      app: testApp({ rules: [tidy], router: openJobRouter(server.connection, { clock }), clock }),
      log: (line) => lines.push(line),
    });
    expect(server.seen.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual(calls);
    expect((clock.now().getTime() - startedAt) / 1000).toBe(over);
    expect(`${lines[0]?.outcome}: ${lines[0]?.why}`).toContain(outcome);
  });

  it('shares the time of a delivery with the other events in it', async () => {
    const clock = fakeClock('2026-03-02T09:00:01Z');
    await using server = await startAnsweringServer({ status: 204 });
    const outcome = await handleRouterEvent(cancelled, {
      functionName: 'tidyJob',
      app: testApp({ rules: [tidy], router: openJobRouter(server.connection, { clock }), clock }),
      answerBy: clock.now(),
      log: () => undefined,
    });
    expect(outcome).toMatchObject({ kind: 'mustRetry', cause: expect.stringContaining('No time was left') });
    expect(server.seen).toEqual([]);
  });
});
