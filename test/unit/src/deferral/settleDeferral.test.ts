import { describe, expect, it } from 'vitest';
import { type Automation, automation } from '../../../../src/automation/rules.ts';
import type { App } from '../../../../src/composition.ts';
import { DeferralNotSettledError, settleDeferral } from '../../../../src/deferral/settleDeferral.ts';
import type { LogLine } from '../../../../src/handling/logLine.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter, type RouterState } from '../../../support/fakeJobRouter.ts';
import { testApp } from '../../../support/testApp.ts';

const ASSIGNMENT = '0f0e1d2c-0002-4000-8000-00000000000b';
const about = {
  rule: 'voice',
  jobId: 'job-1',
  assignmentId: ASSIGNMENT,
  firstDeferredAt: '2026-03-02T08:00:00Z',
};
const completion = { kind: 'completion', ...about };
const work = { kind: 'work', ...about, workerId: 'worker-1' };
const WORK_URL = 'https://work.example/do';

const rulesWith = (rule: object): Automation['rules'] =>
  automation.parse({ rules: [{ name: 'voice', complete: 'onAccept', ...rule }] }).rules;

async function settle(
  message: unknown,
  { rules = rulesWith({}), ...parts }: Partial<App> & { rules?: Automation['rules'] } = {},
  state: RouterState = { job: 'assigned' },
) {
  const clock = fakeClock('2026-03-02T09:00:00Z');
  const router = fakeJobRouter(state, clock);
  const app = testApp({ clock, router, rules, ...parts });
  const lines: LogLine[] = [];
  const forHost: string[] = [];
  await settleDeferral(message, {
    app,
    log: (line) => lines.push(line),
    leaveToHost: (text) => forHost.push(text),
  });
  return { app, lines, forHost, calls: router.calls };
}

describe('a completion that was put off', () => {
  it('completes the assignment, and says so in one line', async () => {
    const { calls, lines, app } = await settle(completion);
    expect(calls).toEqual([`completeAssignment job-1 ${ASSIGNMENT}`]);
    expect(lines).toMatchObject([
      {
        routerEvent: 'RouterWorkerOfferAccepted',
        function: 'resumeDeferredWork',
        attempt: 1,
        jobId: 'job-1',
        rule: 'voice',
        decision: 'CompleteAssignment',
        outcome: 'done',
        why: 'rule "voice"',
      },
    ]);
    expect(app.deferred).toEqual([]);
  });

  it('that comes twice finds its work done', async () => {
    const { lines } = await settle(JSON.stringify(completion), {}, { job: 'completed' });
    expect(lines).toMatchObject([{ outcome: 'alreadyDone' }]);
  });

  it.each<[string, object | undefined]>([
    ['is gone', undefined],
    ['is switched off', { enabled: false }],
    ['is in shadow', { accept: 'shadow' }],
    ['leaves completing to people', { complete: 'byHand' }],
    ['asks for work now', { work: { url: WORK_URL } }],
  ])('is left to a person when its rule %s by then', async (why, rule) => {
    const { calls, lines } = await settle(completion, { rules: rule ? rulesWith(rule) : [] });
    expect(calls).toEqual([]);
    expect(lines).toMatchObject([
      {
        decision: 'Report',
        outcome: 'ignored',
        why: `rule "voice" ${why}; assignment ${ASSIGNMENT} of job-1 is left to a person`,
      },
    ]);
  });
});

describe('work that was put off', () => {
  it('has all the time that the rule of now gives it, and completes the assignment', async () => {
    const asked: unknown[] = [];
    const caller: App['work'] = {
      async call(request, end) {
        asked.push({ ...request, end: end.toISOString() });
        return { kind: 'done' };
      },
    };
    const rules = rulesWith({ work: { url: WORK_URL, timeoutSeconds: 120 } });
    const { calls, lines } = await settle(work, { rules, work: caller });
    expect(asked).toEqual([
      {
        url: WORK_URL,
        rule: 'voice',
        assignmentId: ASSIGNMENT,
        jobId: 'job-1',
        workerId: 'worker-1',
        queueId: 'queue-1',
        channelId: 'voice',
        end: '2026-03-02T09:02:00.000Z',
      },
    ]);
    expect(calls).toEqual(['getJob job-1', `completeAssignment job-1 ${ASSIGNMENT}`]);
    expect(lines).toMatchObject([{ decision: 'DoWork', outcome: 'done', workerId: 'worker-1' }]);
  });

  it('is left to a person when its rule names none any more', async () => {
    const { lines } = await settle(work);
    expect(lines).toMatchObject([
      { decision: 'Report', why: expect.stringContaining('names no work any more') },
    ]);
  });
});

it('an event that was put off takes the path of any event', async () => {
  const event = { id: 'e-1', eventType: 'Microsoft.Communication.RouterJobQueued', data: {} };
  const { lines } = await settle({
    kind: 'event',
    event,
    attempt: 3,
    firstDeferredAt: about.firstDeferredAt,
  });
  expect(lines).toMatchObject([{ eventId: 'e-1', function: 'resumeDeferredWork', attempt: 3 }]);
});

describe('what cannot be ended now', () => {
  const away: RouterState = {
    job: 'assigned',
    answers: { completeAssignment: Array.from({ length: 9 }, () => ({ status: 401 })) },
  };

  it('is put off again, longer each time', async () => {
    const { app, lines } = await settle({ ...completion, attempt: 2 }, {}, away);
    expect(app.deferred).toMatchObject([
      { deferral: { ...completion, attempt: 3 }, notBefore: new Date('2026-03-02T09:00:30Z') },
    ]);
    expect(lines).toMatchObject([{ outcome: 'mustRetry', did: 'put it off again', attempt: 2 }]);
  });

  it('is parked in the end, with its attempts counted anew for whoever resends it', async () => {
    const { app, lines } = await settle({ ...completion, attempt: 37 }, {}, away);
    expect(lines.map(({ outcome }) => outcome)).toEqual(['mustRetry', 'parked']);
    expect(app.deferred).toEqual([]);
    expect(app.parkedEvents).toEqual([
      {
        reason: expect.stringMatching(/^given up after 37 attempts: router answered 401/),
        parkedAt: '2026-03-02T09:00:00.000Z',
        function: 'resumeDeferredWork',
        event: { ...completion, attempt: 1 },
      },
    ]);
  });

  it('stays in its queue when it can be put nowhere else', async () => {
    const nowhere = async () => ({ kind: 'unavailable', message: 'no' }) as const;
    await expect(settle(completion, { deferrals: { put: nowhere } }, away)).rejects.toThrow(
      DeferralNotSettledError,
    );
    await expect(settle('?', { park: nowhere })).rejects.toThrow('It could not be parked: no');
  });
});

it('an unreadable message is parked whole', async () => {
  const { app, lines } = await settle('{"kind":"dance"}');
  expect(app.parkedEvents).toMatchObject([
    { reason: expect.stringContaining('cannot be read'), event: '{"kind":"dance"}' },
  ]);
  expect(lines).toMatchObject([{ outcome: 'parked' }]);
});

it('a message is left to the host where the app has no storage of its own', async () => {
  const { forHost } = await settle('?', { park: async () => ({ kind: 'leftToHost', text: 'it' }) });
  expect(forHost).toEqual(['it']);
});
