/**
 * Between reading and writing somebody else may write: a worker signs off, a person moves the job. What was decided by
 * the one must not be written over the other.
 */
import { expect, it } from 'vitest';
import { automatedWorkers } from '../../../../src/automation/rules.ts';
import { rescueJob } from '../../../../src/handling/rescueJob.ts';
import { respectSignOff, restoreWorker } from '../../../../src/handling/restoreWorker.ts';
import { idFrom, type JobId, type WorkerId } from '../../../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { refusal } from '../../../../src/jobRouter/readAnswer.ts';
import type { Job, Worker } from '../../../../src/jobRouter/wire.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';

const clock = fakeClock('2026-03-02T09:00:01Z');
const workerId = idFrom<WorkerId>('worker-1');
const jobId = idFrom<JobId>('job-1');
const since = new Date('2026-03-02T09:00:00Z');
const by = automatedWorkers.parse({ name: 'machines', workers: [workerId] });
const restore = { kind: 'RestoreWorker', rule: 'machines', workerId, since, by } as const;
const respect = { kind: 'RespectSignOff', rule: 'machines', workerId, since } as const;
const activate = { kind: 'ActivateJob', rule: 'all', jobId } as const;

const changed = refusal(412, { code: 'PreconditionFailed', message: 'changed' });

/** A router that holds one thing after the other, and takes a write only under the ETag of the last one. */
function routerOf(...held: readonly (Omit<Worker, 'id'> | Omit<Job, 'id'>)[]) {
  const conditions: (string | undefined)[] = [];
  let read = 0;
  const now = () => ({ etag: `etag-${read}`, ...held[Math.max(0, read - 1)] });
  const written = (etag: string | undefined) => {
    conditions.push(etag);
    return etag === `etag-${held.length}`;
  };
  const router: JobRouter = {
    ...fakeJobRouter({}, clock),
    async getWorker() {
      read += 1;
      return { kind: 'ok', status: 200, value: { id: workerId, ...now() } };
    },
    async getJob() {
      read += 1;
      return { kind: 'ok', status: 200, value: { id: jobId, ...now() } };
    },
    async updateWorker(_id, _update, condition) {
      return written(condition?.ifMatch) ? { kind: 'ok', status: 200, value: { id: workerId } } : changed;
    },
    async updateJob(_id, _update, condition) {
      return written(condition?.ifMatch) ? { kind: 'ok', status: 200, value: { id: jobId } } : changed;
    },
  };
  return { router, conditions };
}

const offDuty = { availableForOffers: false };

it('a worker is brought back under the ETag that was read', async () => {
  const { router, conditions } = routerOf(offDuty);
  expect(await restoreWorker(restore, { router, clock })).toEqual({ kind: 'done' });
  expect(conditions).toEqual(['etag-1']);
});

it('a worker that signs off while it is brought back stays away', async () => {
  const signedOff = { ...offDuty, tags: { 'automation.signedOffAt': '2026-03-02T09:00:30.000Z' } };
  const { router, conditions } = routerOf(offDuty, signedOff);
  expect(await restoreWorker(restore, { router, clock })).toMatchObject({
    kind: 'ignored',
    reason: expect.stringContaining('signed off by itself'),
  });
  // The second write leaves the trace of the expiry, and no more.
  expect(conditions).toEqual(['etag-1', 'etag-2']);
});

it('a sign-off is noted under the ETag that was read', async () => {
  const { router, conditions } = routerOf(offDuty);
  expect(await respectSignOff(respect, { router, clock })).toEqual({ kind: 'done' });
  expect(conditions).toEqual(['etag-1']);
});

it('a job is activated under the ETag that was read', async () => {
  const { router, conditions } = routerOf({ status: 'waitingForActivation' });
  expect(await rescueJob(activate, { router })).toEqual({ kind: 'done' });
  expect(conditions).toEqual(['etag-1']);
});

it('a job that is moved meanwhile is not patched, and its event comes again', async () => {
  const { router } = routerOf({ status: 'waitingForActivation' }, { status: 'queued' });
  expect(await rescueJob(activate, { router })).toMatchObject({ kind: 'mustRetry' });
  expect(await rescueJob(activate, { router })).toMatchObject({ kind: 'alreadyDone' });
});
