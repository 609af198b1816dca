import { describe, expect, it } from 'vitest';
import type { DoWork } from '../../../../src/automation/decision.ts';
import type { Deferral } from '../../../../src/deferral/deferral.ts';
import { doWork } from '../../../../src/handling/doWork.ts';
import { workTags } from '../../../../src/handling/giveBack.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
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
  /** Of the 25 s that an event has. */
  readonly secondsLeft?: number;
}

async function run({
  work,
  answer = { kind: 'done' },
  state,
  tags,
  insists = false,
  secondsLeft = 25,
}: World = {}) {
  const clock = fakeClock('2026-03-02T09:00:00Z');
  const fake = fakeJobRouter(state ?? { job: 'assigned' }, clock);
  const router: JobRouter = {
    ...fake,
    async getJob(id) {
      const job = await fake.getJob(id);
      return job.kind === 'ok' && tags ? { ...job, value: { ...job.value, tags } } : job;
    },
  };
  const deferred: Deferral[] = [];
  const ends: number[] = [];
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
  return { outcome, deferred, ends, calls: fake.calls };
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
