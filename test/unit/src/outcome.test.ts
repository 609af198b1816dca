/** The outcome table of the app, row by row: this is what decides whether an event is forgotten. */
import { describe, expect, it } from 'vitest';
import type { RouterAnswer } from '../../../src/jobRouter/answer.ts';
import { idFrom } from '../../../src/jobRouter/ids.ts';
import { refusal } from '../../../src/jobRouter/readAnswer.ts';
import type { Job } from '../../../src/jobRouter/wire.ts';
import { isAcknowledged, type Outcome, outcomeOf, type RouterAction } from '../../../src/outcome.ts';

const about = { rule: 'it', jobId: idFrom<never>('job-1') };
const assignmentId = idFrom<never>('assignment-1');
const actions = {
  accept: {
    kind: 'AcceptOffer',
    ...about,
    offerId: idFrom<never>('offer-1'),
    workerId: idFrom<never>('worker-1'),
  },
  complete: { kind: 'CompleteAssignment', ...about, assignmentId },
  close: { kind: 'CloseAssignment', ...about, assignmentId },
  delete: { kind: 'DeleteJob', ...about },
} satisfies Record<string, RouterAction>;

const ok: RouterAnswer<unknown> = { kind: 'ok', status: 200, value: undefined };
const refused = (status: number) => refusal(status, { code: 'Code', message: 'No' });
const unavailable = (status?: number, retryAfterSeconds?: number) =>
  ({
    kind: 'unavailable',
    message: 'Later',
    ...(status !== undefined && { status }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }) satisfies RouterAnswer<unknown>;

const shown = (value: Partial<Job>): RouterAnswer<Job> => ({
  kind: 'ok',
  status: 200,
  value: { id: 'job-1', ...value },
});
const assignedAt = '2026-03-02T09:00:00Z';
const withAssignment = (status: string, times: object = {}) =>
  shown({ status, assignments: { 'assignment-1': { assignmentId: 'assignment-1', assignedAt, ...times } } });
const completed = withAssignment('completed', { completedAt: assignedAt });
const gone = refused(404);

interface Row {
  readonly to: keyof typeof actions;
  readonly answer: RouterAnswer<unknown>;
  /** What the job shows, where a refusal alone does not tell. Reading it without need fails the test. */
  readonly job?: RouterAnswer<Job>;
  readonly when: string;
  readonly is: Outcome['kind'];
}

const closed = withAssignment('closed', { closedAt: assignedAt });
const assigned = withAssignment('assigned');
const reassigned = shown({ status: 'assigned', assignments: {} });

describe('the outcome', () => {
  it.each<Row>([
    { to: 'accept', answer: ok, when: 'it succeeds', is: 'done' },
    { to: 'complete', answer: ok, when: 'it succeeds', is: 'done' },
    { to: 'close', answer: ok, when: 'it succeeds', is: 'done' },
    { to: 'delete', answer: ok, when: 'it succeeds', is: 'done' },

    { to: 'accept', answer: refused(404), when: 'the offer is gone', is: 'lostRace' },
    { to: 'accept', answer: refused(409), when: 'another was faster', is: 'lostRace' },
    { to: 'accept', answer: refused(400), when: 'it answers 400', is: 'parked' },
    { to: 'accept', answer: refused(410), when: 'it answers 410', is: 'parked' },

    {
      to: 'complete',
      answer: refused(400),
      job: completed,
      when: '400, completed already',
      is: 'alreadyDone',
    },
    {
      to: 'complete',
      answer: refused(404),
      job: completed,
      when: '404, completed already',
      is: 'alreadyDone',
    },
    {
      to: 'complete',
      answer: refused(409),
      job: completed,
      when: '409, completed already',
      is: 'alreadyDone',
    },
    { to: 'complete', answer: refused(400), job: closed, when: 'closed already', is: 'alreadyDone' },
    {
      to: 'complete',
      answer: refused(400),
      job: shown({ status: 'cancelled' }),
      when: 'the job was cancelled',
      is: 'alreadyDone',
    },
    { to: 'complete', answer: refused(404), job: gone, when: 'the job is gone', is: 'alreadyDone' },
    { to: 'complete', answer: refused(404), job: reassigned, when: 'the assignment is gone', is: 'lostRace' },
    {
      to: 'complete',
      answer: refused(404),
      job: shown({ status: 'queued' }),
      when: 'the job is back in its queue',
      is: 'lostRace',
    },
    { to: 'complete', answer: refused(409), job: assigned, when: '409, not there yet', is: 'mustRetry' },
    { to: 'complete', answer: refused(400), job: assigned, when: '400, not there yet', is: 'parked' },

    { to: 'close', answer: refused(400), job: closed, when: 'closed already', is: 'alreadyDone' },
    {
      to: 'close',
      answer: refused(400),
      job: withAssignment('completed', { closedAt: assignedAt }),
      when: 'the assignment shows it is closed',
      is: 'alreadyDone',
    },
    { to: 'close', answer: refused(404), job: gone, when: 'the job is gone', is: 'alreadyDone' },
    { to: 'close', answer: refused(404), job: reassigned, when: 'the assignment is gone', is: 'lostRace' },
    { to: 'close', answer: refused(409), job: completed, when: '409, not there yet', is: 'mustRetry' },
    { to: 'close', answer: refused(400), job: completed, when: '400, not there yet', is: 'parked' },

    { to: 'delete', answer: gone, when: 'it was deleted already', is: 'alreadyDone' },
    { to: 'delete', answer: refused(400), job: gone, when: 'the job is gone', is: 'alreadyDone' },
    { to: 'delete', answer: refused(409), job: closed, when: '409, still there', is: 'mustRetry' },
    { to: 'delete', answer: refused(400), job: closed, when: '400, still there', is: 'parked' },
    {
      to: 'delete',
      answer: refused(409),
      job: shown({ status: 'queued' }),
      when: 'the id belongs to a new job',
      is: 'lostRace',
    },

    {
      to: 'close',
      answer: refused(400),
      job: unavailable(503),
      when: 'the job cannot be read',
      is: 'mustRetry',
    },
    { to: 'close', answer: refused(400), job: refused(400), when: 'reading it is refused', is: 'parked' },
  ])('of a call to $to is $is: $when', async ({ to, answer, job, is }) => {
    const reread = async () => {
      if (job === undefined) throw new Error('There was no reason to read the job');
      return job;
    };
    expect((await outcomeOf(actions[to], answer, reread)).kind).toBe(is);
  });

  const everyAction = Object.values(actions);
  it.each([undefined, 401, 403, 408, 429, 500, 502, 503, 504])(
    'of an answer %s is to try again, whatever was asked',
    async (status) => {
      for (const action of everyAction) {
        const outcome = await outcomeOf(action, unavailable(status), async () => gone);
        expect(outcome.kind).toBe('mustRetry');
      }
    },
  );

  it('passes on how long the router wants to be left alone', async () => {
    expect(await outcomeOf(actions.accept, unavailable(429, 7), async () => gone)).toEqual({
      kind: 'mustRetry',
      cause: 'router answered 429: Later',
      retryAfterSeconds: 7,
    });
  });
});

it.each<Outcome>([
  { kind: 'done' },
  { kind: 'lostRace', reason: '' },
  { kind: 'alreadyDone', reason: '' },
  { kind: 'ignored', reason: '' },
  { kind: 'parked', reason: '' },
])('an event is acknowledged when its outcome is $kind', (outcome) => {
  expect(isAcknowledged(outcome)).toBe(true);
});

it('an event comes again when its outcome is mustRetry', () => {
  expect(isAcknowledged({ kind: 'mustRetry', cause: '' })).toBe(false);
});
