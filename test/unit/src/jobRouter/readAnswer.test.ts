import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readAnswer } from '../../../../src/jobRouter/readAnswer.ts';

const NINE_AM = new Date('2026-03-02T09:00:00Z');
const named = z.object({ id: z.string() });

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  readAnswer({ kind: 'answered', status, headers, body }, named, NINE_AM);

const recorded = {
  communicationError: {
    code: 'BadRequest',
    message: 'One or more validation errors occurred.',
    target: '/routing/distributionPolicies/p',
    details: [{ code: 'QueueExistsWithDistributionPolicy', message: 'There is a queue with this policy' }],
  },
};

describe('reading an answer', () => {
  it('gives the value of a success', () => {
    expect(answered(200, { id: 'job-1', more: 1 })).toEqual({
      kind: 'ok',
      status: 200,
      value: { id: 'job-1' },
    });
  });

  it('tells when the router answered, by its own clock', () => {
    const date = 'Mon, 02 Mar 2026 07:30:00 GMT';
    const answer = answered(200, { id: 'job-1' }, { date });
    expect(answer).toHaveProperty('answeredAt', new Date('2026-03-02T07:30:00Z'));
    expect(answered(200, { id: 'job-1' }, { date: 'today' })).not.toHaveProperty('answeredAt');
  });

  it.each([
    ['its body', { id: 'job-1', etag: '"in the body"' }, '"in the body"'],
    ['its header where the body has none', { id: 'job-1' }, '"in the header"'],
  ])('takes the ETag of a resource from %s', (_, body, etag) => {
    const heard = { kind: 'answered', status: 200, headers: { etag: '"in the header"' }, body } as const;
    expect(readAnswer(heard, z.looseObject({}), NINE_AM)).toHaveProperty('value.etag', etag);
  });

  it('takes a success whose body cannot be read for no answer, and says what was wrong with it', () => {
    const answer = answered(200, { id: 7 });
    expect(answer).toMatchObject({ kind: 'unavailable', status: 200 });
    expect(answer).toHaveProperty('message', expect.stringContaining('id'));
  });

  it.each([
    [400, 'other'],
    [404, 'notFound'],
    [405, 'other'],
    [409, 'conflict'],
    [412, 'changed'],
    [415, 'other'],
    [422, 'other'],
  ])('takes %i for a refusal: %s', (status, reason) => {
    expect(answered(status, undefined)).toEqual({ kind: 'refused', reason, status, code: '', message: '' });
  });

  it('takes a lost race of the service against its own write for "in a moment"', () => {
    const error = { code: 'Conflict', message: 'Duplicate sequence number 7' };
    expect(answered(409, { error })).toEqual({
      kind: 'unavailable',
      status: 409,
      retryAfterSeconds: 1.5,
      message: 'Duplicate sequence number 7',
    });
  });

  it.each([301, 401, 403, 408, 429, 500, 501, 503])('takes %i for "not now"', (status) => {
    expect(answered(status, undefined)).toEqual({
      kind: 'unavailable',
      status,
      message: `Job Router answered ${status}`,
    });
  });

  it('takes silence for "not now", without a status', () => {
    expect(readAnswer({ kind: 'silence', why: 'connect ECONNREFUSED' }, named, NINE_AM)).toEqual({
      kind: 'unavailable',
      message: 'connect ECONNREFUSED',
    });
  });

  it.each([
    ['the recorded envelope', recorded],
    ['the specified envelope', { error: recorded.communicationError }],
  ])('reads code and messages from %s', (_, body) => {
    expect(answered(400, body)).toEqual({
      kind: 'refused',
      reason: 'other',
      status: 400,
      code: 'BadRequest',
      message: 'One or more validation errors occurred. There is a queue with this policy',
    });
  });

  it("measures a Retry-After date by the router's clock", () => {
    const headers = {
      date: 'Mon, 02 Mar 2026 17:00:00 GMT',
      'retry-after': 'Mon, 02 Mar 2026 17:00:03 GMT',
    };
    expect(answered(503, undefined, headers)).toHaveProperty('retryAfterSeconds', 3);
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7],
    ['a date ahead', { 'retry-after': 'Mon, 02 Mar 2026 09:01:30 GMT' }, 90],
    ['a date that has passed', { 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT' }, 0],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1.5],
    ['what is no time', { 'retry-after': 'soon' }, undefined],
    ['longer than anybody means', { 'retry-after': '9'.repeat(400) }, 3600],
    ['a date in another century', { 'retry-after': 'Mon, 02 Mar 2126 09:00:00 GMT' }, 3600],
    ['more milliseconds than an hour has', { 'retry-after-ms': '86400000' }, 3600],
    ['nothing', {}, undefined],
  ] as const)('reads a Retry-After that is %s', (_, headers, seconds) => {
    const answer = answered(429, undefined, headers);
    expect(answer.kind === 'unavailable' && answer.retryAfterSeconds).toBe(seconds);
  });
});
