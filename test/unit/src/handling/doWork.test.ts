import { describe, expect, it } from 'vitest';
import type { DoWork } from '../../../../src/automation/decision.ts';
import { workTags } from '../../../../src/automation/workTags.ts';
import type { Deferral } from '../../../../src/deferral/deferral.ts';
import { doWork } from '../../../../src/handling/doWork.ts';
import type { RouterAnswer } from '../../../../src/jobRouter/answer.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { refusal } from '../../../../src/jobRouter/readAnswer.ts';
import type { WorkAnswer } from '../../../../src/work/workCaller.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter, type RouterState } from '../../../support/fakeJobRouter.ts';

const ASSIGNMENT = '0f0e1d2c-0002-4000-8000-00000000000b';

interface World {
  readonly work?: Partial<DoWork['work']>;
  readonly answer?: WorkAnswer;
  readonly state?: RouterState;
  readonly tags?: Record<string, number | string>;
  readonly insists?: boolean;
  /** What another delivery, or a person, has made of the job while the endpoint was asked. */
  readonly meanwhile?: RouterState;
  /** What the router says to everything that is written. */
  readonly writes?: Exclude<RouterAnswer<never>, { kind: 'ok' }>;
  /** Of the 25 s that an event has. */
  readonly secondsLeft?: number;
}

async function run({
  work,
  answer = { kind: 'done' },
  state,
  tags,
  insists = false,
  meanwhile,
  writes,
  secondsLeft = 25,
}: World = {}) {
  const clock = fakeClock('2026-03-02T09:00:00Z');
  const fake = fakeJobRouter(state ?? { job: 'assigned' }, clock);
  const later = meanwhile && fakeJobRouter(meanwhile, clock);
  const deferred: Deferral[] = [];
  const ends: number[] = [];
  const written: string[] = [];
  const now = () => (ends.length > 0 && later ? later : fake);
  const router: JobRouter = {
    ...fake,
    async getJob(id) {
      const job = await now().getJob(id);
      return job.kind === 'ok' && tags ? { ...job, value: { ...job.value, tags } } : job;
    },
    async updateJob(...update) {
      written.push('updateJob');
      return writes ?? now().updateJob(...update);
    },
    async unassignJob(...assignment) {
      written.push('unassignJob');
      return writes ?? now().unassignJob(...assignment);
    },
  };
  const outcome = await doWork(
    {
      kind: 'DoWork',
      rule: 'voice',
      jobId: idFrom('job-1'),
      assignmentId: idFrom(ASSIGNMENT),
      workerId: idFrom('worker-1'),
      work: { url: 'https://work.example/', timeoutSeconds: 10, onFailure: 'leave', ...work },
    },
    {
      router,
      clock,
      insists,
      answerBy: new Date(clock.now().getTime() + secondsLeft * 1000),
      deferrals: {
        async put(deferral) {
          deferred.push(deferral);
          return { kind: 'kept' };
        },
      },
      work: {
        async call(_request, end) {
          ends.push((end.getTime() - clock.now().getTime()) / 1000);
          return answer;
        },
      },
    },
  );
  return { outcome, deferred, ends, written, calls: fake.calls };
}

describe('work', () => {
  it('is asked for while the event waits, and the assignment completed when it is done', async () => {
    const { outcome, calls, ends } = await run();
    expect(outcome).toEqual({ kind: 'done' });
    expect(calls).toEqual(['getJob job-1', `completeAssignment job-1 ${ASSIGNMENT}`]);
    expect(ends).toEqual([10]);
  });

  it.each<[string, World]>([
    ['it may take longer than 20 s', { work: { timeoutSeconds: 21 } }],
    ['the event has too little time left', { secondsLeft: 12 }],
  ])('is handed over to the queue when %s', async (_when, world) => {
    const { outcome, calls, deferred } = await run(world);
    expect(outcome).toEqual({ kind: 'done' });
    expect(calls).toEqual([]);
    expect(deferred).toMatchObject([{ kind: 'work', rule: 'voice', assignmentId: ASSIGNMENT, attempt: 1 }]);
  });

  it.each<[string, RouterState, string]>([
    ['completed already', { job: 'completed' }, 'alreadyDone'],
    ['closed already', { job: 'closed' }, 'alreadyDone'],
    ['somebody else by now', { job: 'offered' }, 'lostRace'],
    ['gone with its job', { job: 'gone' }, 'alreadyDone'],
  ])('is not asked for when the assignment is %s', async (_state, state, kind) => {
    const { outcome, ends } = await run({ state });
    expect(outcome.kind).toBe(kind);
    expect(ends).toEqual([]);
  });

  it('that may pass later brings the event back', async () => {
    const answer = { kind: 'unavailable', message: 'it answered 503', retryAfterSeconds: 7 } as const;
    expect((await run({ answer })).outcome).toEqual({
      kind: 'mustRetry',
      cause: 'the work endpoint of rule "voice" did not do the work: it answered 503',
      retryAfterSeconds: 7,
    });
  });
});

describe('work that is refused for good', () => {
  const answer = { kind: 'refused', message: 'it answered 422' } as const;

  it('is left to a person, who finds the event parked', async () => {
    const { outcome, calls } = await run({ answer });
    expect(outcome).toEqual({
      kind: 'parked',
      reason: `the work endpoint of rule "voice" refused assignment ${ASSIGNMENT} of job-1: it answered 422. It is left to a person`,
    });
    expect(calls).toEqual([
      'getJob job-1',
      `updateJob job-1 {"tags":{"${workTags.leftToPerson}":"${ASSIGNMENT}"}}`,
    ]);
  });

  it('is not asked for again until a person insists', async () => {
    const tags = { [workTags.leftToPerson]: ASSIGNMENT };
    const { outcome, ends } = await run({ tags });
    expect(outcome).toEqual({
      kind: 'parked',
      reason: `the work of assignment ${ASSIGNMENT} of job-1 was refused, and it is left to a person`,
    });
    expect(ends).toEqual([]);
    expect((await run({ tags, insists: true })).outcome).toEqual({ kind: 'done' });
    expect((await run({ tags: { [workTags.leftToPerson]: 'an earlier one' } })).outcome).toEqual({
      kind: 'done',
    });
  });

  it('gives the job back where the rule says so, counted on the job', async () => {
    const { outcome, calls } = await run({
      answer,
      work: { onFailure: 'unassign' },
      tags: { [workTags.refusals]: 1 },
    });
    expect(outcome).toEqual({
      kind: 'done',
      note: expect.stringContaining('it answered 422. The job was given back'),
    });
    expect(calls).toEqual([
      'getJob job-1',
      `updateJob job-1 {"tags":{"${workTags.refusals}":2}}`,
      `unassignJob job-1 ${ASSIGNMENT}`,
    ]);
  });

  const conflict = refusal(409, { code: 'Conflict', message: 'Job job-1 is completed' });
  const down = { kind: 'unavailable', status: 503, message: 'down' } as const;

  it.each<[string, World, string]>([
    ['was completed', { writes: conflict, meanwhile: { job: 'completed' } }, 'alreadyDone'],
    [
      'is gone',
      { writes: refusal(404, { code: '', message: '' }), meanwhile: { job: 'gone' } },
      'alreadyDone',
    ],
    ['went to somebody else', { writes: conflict, meanwhile: { job: 'offered' } }, 'lostRace'],
    ['is being written', { writes: conflict }, 'mustRetry'],
    ['is refused for good', { writes: refusal(400, { code: '', message: '' }) }, 'parked'],
    ['cannot be asked for', { writes: down }, 'mustRetry'],
  ])('ends as the job does that %s meanwhile', async (_how, world, kind) => {
    for (const onFailure of ['unassign', 'leave'] as const) {
      const { outcome } = await run({ answer, work: { onFailure }, ...world });
      expect(outcome.kind).toBe(kind);
    }
  });

  it('is left to nobody where another delivery had it done meanwhile', async () => {
    const { outcome } = await run({ answer, meanwhile: { job: 'completed' } });
    expect(outcome.kind).toBe('alreadyDone');
  });

  it('is not given back where that could not be counted', async () => {
    const { written } = await run({ answer, work: { onFailure: 'unassign' }, writes: down });
    expect(written).toEqual(['updateJob']);
  });

  it('is left to a person after the third time, so that the job does not go round for ever', async () => {
    const { outcome, calls } = await run({
      answer,
      work: { onFailure: 'unassign' },
      tags: { [workTags.refusals]: 3 },
    });
    expect(outcome).toMatchObject({ kind: 'parked', reason: expect.stringContaining('as 3 times before') });
    expect(calls).toHaveLength(2);
  });
});
