import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import { httpWorkCaller } from '../../../../src/work/httpWorkCaller.ts';
import type { WorkRequest } from '../../../../src/work/workCaller.ts';
import { type AnsweringScript, startAnsweringServer } from '../../../support/answeringServer.ts';

const caller = httpWorkCaller('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', systemClock);
const inSeconds = (seconds: number) => new Date(systemClock.now().getTime() + seconds * 1000);
const workAt = (url: string): WorkRequest => ({
  url,
  rule: 'voice',
  assignmentId: idFrom('a-1'),
  jobId: idFrom('job-1'),
  workerId: idFrom('w-1'),
});

async function ask(script: AnsweringScript, seconds = 5) {
  await using server = await startAnsweringServer(script);
  const answer = await caller.call(workAt(`${server.connection.endpoint}work?a=1`), inSeconds(seconds));
  return { answer, seen: server.seen };
}

it('asks by one signed POST that names ids and nothing else, and follows no redirect', async () => {
  const { answer, seen } = await ask({ status: 307, headers: { location: '/elsewhere' } });
  expect(answer).toEqual({ kind: 'refused', message: 'it answered 307' });
  expect(seen).toMatchObject([
    {
      method: 'POST',
      url: '/work?a=1',
      body: '{"rule":"voice","assignmentId":"a-1","jobId":"job-1","workerId":"w-1"}',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'a-1',
        'webhook-id': 'a-1',
        'webhook-signature': expect.stringMatching(/^v1,/),
      },
    },
  ]);
});

it.each([
  [200, { kind: 'done' }],
  [204, { kind: 'done' }],
  [400, { kind: 'refused', message: 'it answered 400' }],
  [404, { kind: 'refused', message: 'it answered 404' }],
  [408, { kind: 'unavailable', message: 'it answered 408' }],
  [425, { kind: 'unavailable', message: 'it answered 425' }],
  [500, { kind: 'unavailable', message: 'it answered 500' }],
])('takes %i for what it says', async (status, expected) => {
  expect((await ask({ status, ...(status !== 204 && { body: 'x'.repeat(100_000) }) })).answer).toEqual(
    expected,
  );
});

it('heeds Retry-After', async () => {
  const { answer } = await ask({ status: 429, headers: { 'retry-after': '7' } });
  expect(answer).toEqual({ kind: 'unavailable', message: 'it answered 429', retryAfterSeconds: 7 });
});

describe('an endpoint that cannot be asked', () => {
  it('in time may be asked again', async () => {
    expect((await ask('silence', 0.1)).answer).toEqual({ kind: 'unavailable', message: 'no answer in time' });
    expect((await ask({ status: 200 }, -1)).answer).toEqual({
      kind: 'unavailable',
      message: 'no time was left to ask',
    });
  });

  it('because nobody listens may be asked again, and it is told why', async () => {
    const answer = await caller.call(workAt('http://127.0.0.1:1/work'), inSeconds(5));
    expect(answer).toEqual({ kind: 'unavailable', message: expect.stringMatching(/ECONNREFUSED|bad port/) });
  });

  it.each([
    ['http://work.example/', 'its address is not https; plain HTTP is for this machine only'],
    ['https://me:secret@work.example/', 'its address holds a user name or a password'],
  ])('safely is refused without a request: %s', async (url, message) => {
    expect(await caller.call(workAt(url), inSeconds(5))).toEqual({ kind: 'refused', message });
  });

  it('for want of a secret waits for the setting', async () => {
    const answer = await httpWorkCaller(undefined, systemClock).call(
      workAt('https://work.example/'),
      inSeconds(5),
    );
    expect(answer).toEqual({ kind: 'unavailable', message: 'WORK_SIGNING_SECRET is not set' });
  });
});
