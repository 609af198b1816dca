import { describe, expect, it } from 'vitest';
import {
  type Duty,
  dutyFrom,
  dutyTags,
  mayReturn,
  whySignedOff,
  withExpiry,
} from '../../../../src/automation/duty.ts';

const NOON = new Date('2026-11-23T12:00:00.000Z');
const seconds = (later: number): Date => new Date(NOON.getTime() + later * 1000);
const untouched: Duty = { returns: [], offersExpiredAt: [] };
const BY = { backOffSeconds: 5, perHour: 3 };

describe('what the tags of a worker tell', () => {
  it('reads instants, and takes what somebody has mangled for absent', () => {
    expect(
      dutyFrom({
        [dutyTags.returns]: `${NOON.toISOString()} yesterday ${seconds(60).toISOString()}`,
        [dutyTags.offersExpiredAt]: 'soon',
        [dutyTags.signedOffAt]: 11,
      }),
    ).toEqual({ returns: [NOON, seconds(60)], offersExpiredAt: [], signedOffAt: undefined });
    expect(dutyFrom()).toEqual({ returns: [], offersExpiredAt: [], signedOffAt: undefined });
  });
});

describe('whether a worker may come back', () => {
  it.each([
    ['at once the first time', [], undefined, 'bringBack'],
    ['not before the pause is over', [-4], undefined, 'leave'],
    ['when the pause is over', [-5], undefined, 'bringBack'],
    ['not before the doubled pause is over', [-100, -9], undefined, 'leave'],
    ['when the doubled pause is over', [-100, -10], undefined, 'bringBack'],
    ['not beyond the limit of the hour', [-3000, -2000, -1000], undefined, 'leave'],
    ['when the oldest return is more than an hour ago', [-3601, -2000, -1000], undefined, 'bringBack'],
    ['not when it signed off after the expiry', [], 11, 'leave'],
    ['when what was noted as a sign-off was the expiry itself', [], 0.4, 'bringBack'],
    ['when its sign-off was before it was offered the job', [], -300, 'bringBack'],
  ] as const)('%s', (_, returns, signedOff, verdict) => {
    const duty = {
      ...untouched,
      returns: returns.map(seconds),
      ...(signedOff !== undefined && { signedOffAt: seconds(signedOff) }),
    };
    expect(mayReturn(duty, false, NOON, BY, NOON).kind).toBe(verdict);
  });

  it('never pauses for longer than ten minutes', () => {
    const returns = Array.from({ length: 20 }, (_, index) => seconds(index - 620));
    const by = { backOffSeconds: 5, perHour: 60 };
    expect(mayReturn({ ...untouched, returns }, false, NOON, by, seconds(-2)).kind).toBe('leave');
    expect(mayReturn({ ...untouched, returns }, false, NOON, by, NOON).kind).toBe('bringBack');
  });

  it('is not asked about a worker that is available', () => {
    expect(mayReturn(untouched, true, NOON, BY, NOON)).toEqual({ kind: 'isBack' });
  });

  it('respects every sign-off where nobody knows why the worker is off duty', () => {
    const duty = { ...untouched, signedOffAt: seconds(-9000) };
    expect(mayReturn(duty, false, undefined, BY, NOON)).toMatchObject({ kind: 'leave' });
  });

  it('forgets returns that are more than an hour ago', () => {
    expect(
      mayReturn({ ...untouched, returns: [seconds(-4000), seconds(-60)] }, false, NOON, BY, NOON),
    ).toEqual({
      kind: 'bringBack',
      returns: [seconds(-60), NOON],
    });
  });
});

describe('whether a worker signed off by itself', () => {
  it.each([
    ['an expired offer explains it', { offersExpiredAt: [seconds(-1)] }, false, 'settled'],
    ['an expiry of another time does not', { offersExpiredAt: [seconds(-60)] }, false, 'note'],
    ['noted once is enough', { signedOffAt: NOON }, false, 'settled'],
    ['an older note is not enough', { signedOffAt: seconds(-60) }, false, 'note'],
    ['whoever came back by itself is left', { returns: [seconds(-60)] }, true, 'settled'],
    ['after a return of ours, the explanation may be on its way', { returns: [seconds(30)] }, true, 'wait'],
  ] as const)('%s', (_, duty, isAvailable, verdict) => {
    expect(whySignedOff({ ...untouched, ...duty }, isAvailable, NOON, seconds(60)).kind).toBe(verdict);
  });

  it('is explained by an expiry that another one has followed', () => {
    const offersExpiredAt = withExpiry({ ...untouched, offersExpiredAt: [seconds(300)] }, NOON) ?? [];
    const duty = { returns: [seconds(301)], offersExpiredAt };
    expect(whySignedOff(duty, true, NOON, seconds(900))).toMatchObject({ kind: 'settled' });
    expect(withExpiry(duty, NOON)).toBeUndefined();
  });

  it('undoes a return when no explanation came within two minutes of it', () => {
    expect(whySignedOff({ ...untouched, returns: [seconds(30)] }, true, NOON, seconds(149))).toEqual({
      kind: 'wait',
      seconds: 1,
    });
    expect(whySignedOff({ ...untouched, returns: [seconds(30)] }, true, NOON, seconds(150))).toEqual({
      kind: 'undoReturn',
    });
  });
});
