import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/automation/decide.ts';
import { traitsIn } from '../../../../src/automation/jobTraits.ts';
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
