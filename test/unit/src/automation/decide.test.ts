import { describe, expect, it } from 'vitest';
import { decide, missingTraits } from '../../../../src/automation/decide.ts';
import { traitsIn } from '../../../../src/automation/jobTraits.ts';
import { whyNothing } from '../../../../src/automation/passing.ts';
import { type AutomationRule, automation } from '../../../../src/automation/rules.ts';
import type { RouterEvent } from '../../../../src/events/routerEvent.ts';
import { routerEvent } from '../../../../src/events/routerEvent.ts';

const now = new Date('2026-03-02T09:00:10Z');
const at = (time: string) => new Date(`2026-03-02T${time}Z`);

const job = { jobId: 'job-1', channelId: 'voice', queueId: 'queue-1' };
const assigned = { ...job, assignmentId: 'assignment-1', workerId: 'worker-1' };
const event = (kind: RouterEvent['kind'], data: object, eventTime?: Date) =>
  routerEvent.parse({ kind, eventId: 'event-1', eventTime, data });

const offer = (expiresOn?: string) =>
  event('WorkerOfferIssued', { ...job, offerId: 'offer-1', workerId: 'worker-1', expiresOn });
const accepted = event('WorkerOfferAccepted', assigned);
const completed = (eventTime?: Date) => event('JobCompleted', assigned, eventTime);
const closed = event('JobClosed', { ...job, workerId: 'worker-1' });
const cancelled = event('JobCancelled', job);

const decideUnder = (given: RouterEvent, members: Partial<AutomationRule>) =>
  decide(given, traitsIn(given, now), automation.parse({ rules: [{ name: 'it', ...members }] }), now);

describe('an offer', () => {
  it.each([
    ['that stands is accepted', '2026-03-02T09:00:11Z', 'AcceptOffer'],
    ['that does not say when it expires is accepted', undefined, 'AcceptOffer'],
    ['that expired this instant is left', '2026-03-02T09:00:10Z', 'Ignore'],
  ])('%s', (_what, expiresOn, kind) => {
    expect(decideUnder(offer(expiresOn), { accept: 'auto' })).toMatchObject({ kind });
  });

  it('is accepted for the worker it was made to', () => {
    expect(decideUnder(offer(), { accept: 'auto' })).toEqual({
      kind: 'AcceptOffer',
      rule: 'it',
      offerId: 'offer-1',
      workerId: 'worker-1',
      jobId: 'job-1',
    });
  });

  it('that has expired is left whatever the rules say', () => {
    expect(decideUnder(offer('2026-03-02T08:59:58Z'), { accept: 'auto' })).toEqual({
      kind: 'Ignore',
      reason: 'offer expired 12 s ago',
    });
  });

  it('is left to people by a rule that never accepts', () => {
    expect(decideUnder(offer(), { accept: 'never' })).toEqual({
      kind: 'Ignore',
      rule: 'it',
      reason: 'rule "it" leaves offers to people',
    });
  });

  it('is left where no rule matches', () => {
    expect(decideUnder(offer(), { when: { channel: 'chat' }, accept: 'auto' })).toEqual({
      kind: 'Ignore',
      reason: 'no rule matches channel voice, queue queue-1',
    });
  });
});

describe('what follows an offer', () => {
  it.each<[string, RouterEvent, Partial<AutomationRule>, object]>([
    [
      'an accepted job is completed',
      accepted,
      { complete: 'onAccept' },
      { kind: 'CompleteAssignment', jobId: 'job-1', assignmentId: 'assignment-1' },
    ],
    ['an accepted job is left to people', accepted, {}, { kind: 'Ignore' }],
    [
      'a completed job is closed at once',
      completed(),
      { close: { dispositionCode: 'Resolved', note: 'By rule' } },
      { kind: 'CloseAssignment', assignmentId: 'assignment-1', dispositionCode: 'Resolved', note: 'By rule' },
    ],
    ['a completed job is left to people', completed(), {}, { kind: 'Ignore' }],
    ['a closed job is deleted', closed, { delete: true }, { kind: 'DeleteJob', jobId: 'job-1' }],
    ['a closed job is kept', closed, {}, { kind: 'Ignore' }],
    ['a cancelled job is deleted', cancelled, { delete: true }, { kind: 'DeleteJob', jobId: 'job-1' }],
    ['a cancelled job is kept', cancelled, { delete: false }, { kind: 'Ignore' }],
  ])('%s', (_what, given, members, decision) => {
    expect(decideUnder(given, members)).toMatchObject(decision);
  });
});

describe('wrap-up', () => {
  it.each<[string, number | undefined, Date | undefined, Date | undefined]>([
    ['runs from the completion', 30, at('09:00:05'), at('09:00:35')],
    ['is over when the completion is told late', 30, at('08:59:00'), undefined],
    ['runs from now when the event tells no time', 30, undefined, at('09:00:40')],
    ['of no seconds names no time, though the router is ahead', 0, at('09:00:12'), undefined],
    ['that the rule does not ask for names no time', undefined, at('09:00:12'), undefined],
  ])('%s', (_what, wrapUpSeconds, completedAt, closeAt) => {
    const close = wrapUpSeconds === undefined ? {} : { wrapUpSeconds };
    expect(decideUnder(completed(completedAt), { close })).toEqual({
      kind: 'CloseAssignment',
      rule: 'it',
      jobId: 'job-1',
      assignmentId: 'assignment-1',
      ...(closeAt && { closeAt }),
    });
  });
});

describe('a rule in shadow', () => {
  const whole = { accept: 'shadow', complete: 'onAccept', close: {}, delete: true } as const;

  it.each<[string, RouterEvent]>([
    ['AcceptOffer', offer()],
    ['CompleteAssignment', accepted],
    ['CloseAssignment', completed()],
    ['DeleteJob', closed],
  ])('says where it would %s', (kind, given) => {
    expect(decideUnder(given, whole)).toMatchObject({ kind: 'Shadow', rule: 'it', would: { kind } });
  });

  it('says why it would do nothing', () => {
    expect(decideUnder(accepted, { accept: 'shadow' })).toMatchObject({ kind: 'Ignore', rule: 'it' });
  });
});

describe('a delayed completion', () => {
  const members = { complete: 'onAccept', completeAfterSeconds: 30 } as const;
  const acceptedAt = (time?: Date) => event('WorkerOfferAccepted', assigned, time);

  it.each<[string, Date | undefined, object]>([
    ['waits from the assignment on', at('09:00:05'), { kind: 'CompleteLater', dueAt: at('09:00:35') }],
    [
      'waits from now when the event tells no time',
      undefined,
      { kind: 'CompleteLater', dueAt: at('09:00:40') },
    ],
    [
      "waits from now when the router's clock is hours ahead",
      at('12:00:00'),
      { kind: 'CompleteLater', dueAt: at('09:00:40') },
    ],
    ['is made at once when the event comes late', at('08:59:40'), { kind: 'CompleteAssignment' }],
  ])('%s', (_what, acceptedTime, decision) => {
    expect(decideUnder(acceptedAt(acceptedTime), members)).toMatchObject({
      rule: 'it',
      jobId: 'job-1',
      ...decision,
    });
  });
});

it('work is asked for where a rule names it', () => {
  const work = { url: 'https://work.example/', timeoutSeconds: 10, onFailure: 'leave' } as const;
  expect(decideUnder(accepted, { complete: 'onAccept', work })).toEqual({
    kind: 'DoWork',
    rule: 'it',
    jobId: 'job-1',
    assignmentId: 'assignment-1',
    workerId: 'worker-1',
    work,
  });
});

it('a rule that is switched off matches nothing', () => {
  expect(decideUnder(offer(), { enabled: false, accept: 'auto' })).toMatchObject({
    kind: 'Ignore',
    reason: expect.stringContaining('no rule matches'),
  });
});

describe('business hours', () => {
  const hours = { timeZone: 'UTC', days: ['mon' as const], from: '09:00', to: '10:00' };

  it.each([
    ['within them is accepted', at('09:59:59'), 'AcceptOffer'],
    ['after them is left', at('10:00:00'), 'Ignore'],
  ])('an offer %s', (_what, time, kind) => {
    const offered = event('WorkerOfferIssued', { ...job, offerId: 'o', workerId: 'w' }, time);
    expect(decideUnder(offered, { when: { hours }, accept: 'auto' })).toMatchObject({ kind });
  });

  it('are held against the assignment when its job is completed after them', () => {
    const given = completed(at('10:00:05'));
    const inForce = automation.parse({ rules: [{ name: 'it', when: { hours }, close: {} }] });
    const told = traitsIn(given, now);
    expect([...missingTraits(given, told, inForce)]).toEqual(['begunAt']);
    const traits = { ...told, begunAt: at('09:59:59') };
    expect(decide(given, traits, inForce, now)).toMatchObject({ kind: 'CloseAssignment' });
  });
});

describe('a job that does not move by itself', () => {
  const rescue = { activate: true, activationPriority: 5, fallbackQueue: 'queue-2' };
  const waiting = event('JobWaitingForActivation', { ...job, scheduledOn: '2026-03-02T09:00:00Z' });
  const unclassified = event('JobClassificationFailed', {
    jobId: 'job-1',
    channelId: 'voice',
    classificationPolicyId: 'policy-1',
    errors: [{ code: 'NoQueue', message: 'no selector matched' }],
  });

  it.each<[string, RouterEvent, Partial<AutomationRule>, object]>([
    ['is activated', waiting, { rescue }, { kind: 'ActivateJob', rule: 'it', jobId: 'job-1', priority: 5 }],
    [
      'keeps its priority when it is activated',
      waiting,
      { rescue: { activate: true } },
      { kind: 'ActivateJob', rule: 'it', jobId: 'job-1' },
    ],
    [
      'is sent to the fallback queue',
      unclassified,
      { rescue },
      { kind: 'MoveToFallback', rule: 'it', jobId: 'job-1', queueId: 'queue-2' },
    ],
    [
      'is reported where its rule does not activate',
      waiting,
      {},
      {
        kind: 'Report',
        rule: 'it',
        reason:
          'job-1, scheduled for 2026-03-02T09:00:00.000Z, waits for activation: update it to be queued and matched',
      },
    ],
    [
      'is reported where no rule matches',
      unclassified,
      { when: { channel: 'chat' }, rescue },
      {
        kind: 'Report',
        reason:
          'job-1 could not be classified by policy-1 (NoQueue: no selector matched): give it a queue, or mend the policy and classify it again',
      },
    ],
    [
      'is left alone by a rule in shadow',
      waiting,
      { accept: 'shadow', rescue },
      { kind: 'Shadow', rule: 'it', would: { kind: 'ActivateJob', rule: 'it', jobId: 'job-1', priority: 5 } },
    ],
  ])('%s', (_what, given, members, decision) => {
    expect(decideUnder(given, members)).toEqual(decision);
  });

  it.each<[RouterEvent, string]>([
    [
      event('JobSchedulingFailed', {
        ...job,
        scheduledOn: '2026-03-02T09:30:00Z',
        failureReason: 'too late',
      }),
      'job-1 could not be scheduled for 2026-03-02T09:30:00.000Z (too late): schedule it again, or cancel it',
    ],
    [
      event('JobWorkerSelectorsExpired', {
        ...job,
        expiredRequestedWorkerSelectors: [{ key: 'Id', value: 'ann' }],
      }),
      'selectors on Id of job-1 expired: workers who do not meet them may be offered it now',
    ],
    [
      event('JobExceptionTriggered', { ...job, ruleKey: 'escalate' }),
      'exception rule escalate acted on job-1: see why it waited in queue-1',
    ],
    [
      event('JobUnassigned', assigned),
      'job-1 was taken from worker-1 and waits again: see why the work was not done',
    ],
  ])('is reported, whatever the rules say', (given, reason) => {
    expect(decideUnder(given, { when: { channel: 'chat' } })).toEqual({ kind: 'Report', reason });
  });
});

describe('a worker that goes off duty', () => {
  const bots = { name: 'bots', workers: ['worker-1'] };
  const expired = event('WorkerOfferExpired', { ...job, workerId: 'worker-1' }, at('09:00:00'));
  const signedOff = event('WorkerDeregistered', { workerId: 'worker-1' }, at('09:00:00'));
  const decideFor = (given: RouterEvent, automatedWorkers: object[]) =>
    decide(given, traitsIn(given, now), automation.parse({ rules: [], automatedWorkers }), now);

  it('is brought back where it is an automated one', () => {
    expect(decideFor(expired, [bots])).toMatchObject({
      kind: 'RestoreWorker',
      rule: 'bots',
      workerId: 'worker-1',
      since: at('09:00:00'),
      by: { name: 'bots', perHour: 6 },
    });
  });

  it('is respected where it is an automated one', () => {
    expect(decideFor(signedOff, [bots])).toEqual({
      kind: 'RespectSignOff',
      rule: 'bots',
      workerId: 'worker-1',
      since: at('09:00:00'),
    });
  });

  it.each([[expired], [signedOff]])('is left alone otherwise', (given) => {
    expect(decideFor(given, [{ ...bots, workers: ['worker-2'] }])).toMatchObject({ kind: 'Ignore' });
  });
});

it.each([
  'JobReceived',
  'JobClassified',
  'JobQueued',
  'JobDeleted',
  'WorkerOfferDeclined',
  'WorkerOfferRevoked',
  'WorkerRegistered',
  'WorkerUpdated',
  'WorkerDeleted',
] as const)('nothing is done about %s, and nothing asked, with a reason', (kind) => {
  const given = event(kind, {});
  const inForce = automation.parse({ rules: [{ name: 'it', when: { priority: 1 }, accept: 'auto' }] });
  expect([...missingTraits(given, traitsIn(given, now), inForce)]).toEqual([]);
  expect(decide(given, traitsIn(given, now), inForce, now)).toEqual({
    kind: 'Ignore',
    reason: whyNothing[kind],
  });
});
