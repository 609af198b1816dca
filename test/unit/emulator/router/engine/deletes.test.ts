import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../../emulator/router/engine/commands.ts';
import { id, playRouter } from './playRouter.ts';

const opened = () => {
  const router = playRouter();
  router.openQueue();
  return router;
};

const deletion = {
  policy: { type: 'DeleteDistributionPolicy', id: id('policy-1') },
  queue: { type: 'DeleteQueue', id: id('queue-1') },
  worker: { type: 'DeleteWorker', id: id('worker-1') },
  job: { type: 'DeleteJob', id: id('job-1') },
} as const satisfies Record<string, Command>;

describe('deleting', () => {
  it.each(Object.entries(deletion))('a %s that is not there succeeds and says nothing', (_, command) => {
    const router = playRouter();
    expect(router.ask<Command['type']>(command)).toEqual({ ok: true, value: {} });
    expect(router.told()).toEqual([]);
  });

  it('a policy is refused while a queue uses it', () => {
    const router = opened();
    expect(router.refusalOf<'DeleteDistributionPolicy'>(deletion.policy)).toEqual({
      kind: 'distributionPolicyInUse',
    });
    router.mustDo<'DeleteQueue'>(deletion.queue);
    router.mustDo<'DeleteDistributionPolicy'>(deletion.policy);
    expect(router.read.distributionPolicies()).toEqual([]);
  });

  it('a queue is refused with every reason, in order, and only while the reason holds', () => {
    const router = opened();
    router.worker('worker-1', { capacity: 1, queues: [id('queue-1')] });
    router.submit('job-1');
    const refusal = () => router.refusalOf<'DeleteQueue'>(deletion.queue);
    expect(refusal()).toEqual({ kind: 'queueInUse', reasons: ['activeJob', 'assignedWorker'] });
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(refusal()).toEqual({ kind: 'queueInUse', reasons: ['assignedWorker'] });
    router.worker('worker-1', { queues: [] });
    router.mustDo<'DeleteQueue'>(deletion.queue);
    expect(router.jobNamed('job-1').queueId).toBe('queue-1');
  });

  it('a queue is possible once its jobs have moved to another', () => {
    const router = opened();
    router.queue('queue-2', { distributionPolicyId: id('policy-1') });
    router.submit('job-1');
    router.job('job-1', { queueId: id('queue-2') });
    router.mustDo<'DeleteQueue'>(deletion.queue);
    expect(router.refusalOf<'DeleteQueue'>({ type: 'DeleteQueue', id: id('queue-2') })).toMatchObject({
      reasons: ['activeJob'],
    });
  });

  it('a worker is refused while it has assignments', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    const assignment = router.accept('worker-1');
    expect(router.refusalOf<'DeleteWorker'>(deletion.worker)).toEqual({ kind: 'workerHasAssignments' });
    router.end(assignment);
    router.told();
    router.mustDo<'DeleteWorker'>(deletion.worker);
    expect(router.told()).toEqual(['WorkerDeleted worker-1']);
    expect(router.read.worker(id('worker-1'))).toBeUndefined();
  });

  it('a worker revokes its open offers, and the job goes to the next', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.available('worker-2');
    router.told();
    router.mustDo<'DeleteWorker'>(deletion.worker);
    expect(router.told()).toEqual([
      'WorkerOfferRevoked job-1 worker-1',
      'WorkerDeleted worker-1',
      'WorkerOfferIssued job-1 worker-2',
    ]);
  });

  it('a job is refused until it is closed or cancelled', () => {
    const router = opened();
    router.available('worker-1');
    const refusal = () => router.refusalOf<'DeleteJob'>(deletion.job);
    router.submit('job-1');
    expect(refusal()).toEqual({ kind: 'jobStillActive' });
    const { jobId, assignmentId } = router.accept('worker-1');
    expect(refusal()).toEqual({ kind: 'jobStillActive' });
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', jobId, assignmentId });
    expect(refusal()).toEqual({ kind: 'jobStillActive' });
    router.mustDo<'CloseAssignment'>({ type: 'CloseAssignment', jobId, assignmentId });
    router.told();
    router.mustDo<'DeleteJob'>(deletion.job);
    expect(router.told()).toEqual(['JobDeleted job-1']);
  });

  it('a job makes its id free for a new one', () => {
    const router = opened();
    router.submit('job-1');
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    router.mustDo<'DeleteJob'>(deletion.job);
    const { created, resource } = router.submit('job-1');
    expect(created).toBe(true);
    expect(resource).toMatchObject({ status: 'created', revision: { version: 0 }, notes: [] });
  });
});
