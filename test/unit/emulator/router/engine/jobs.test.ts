import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { JobPatch } from '../../../../../emulator/router/engine/commands.ts';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import { id, NINE_AM, playRouter, SECONDS } from './playRouter.ts';

const opened = () => {
  const router = playRouter();
  router.openQueue();
  return router;
};

describe('a job that is submitted', () => {
  it('answers with the status created and the defaults, and is queued right after', () => {
    const router = opened();
    const { created, resource } = router.submit('job-1');
    expect(created).toBe(true);
    expect(resource).toEqual({
      id: 'job-1',
      status: 'created',
      channelId: 'voice',
      queueId: 'queue-1',
      priority: 1,
      requestedWorkerSelectors: [],
      attachedWorkerSelectors: [],
      labels: {},
      assignments: [],
      tags: {},
      notes: [],
      matchingMode: { kind: 'queueAndMatch' },
      revision: { version: 0, modifiedAt: NINE_AM },
    });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'queued', enqueuedAt: NINE_AM });
    expect(router.told()).toEqual(['JobReceived job-1', 'JobQueued job-1']);
  });

  it('stays created for a moment when delays are realistic', () => {
    const router = playRouter({ delays: realisticDelays, random: () => 0.5 });
    router.openQueue();
    router.submit('job-1');
    router.advance(199);
    expect(router.jobNamed('job-1').status).toBe('created');
    router.advance(1);
    expect(router.jobNamed('job-1').status).toBe('queued');
  });

  it('waits for activation when matching is suspended, and is queued in the answer that activates it', () => {
    const router = opened();
    expect(router.submit('job-1', { matchingMode: { kind: 'suspend' } }).resource.status).toBe(
      'waitingForActivation',
    );
    router.advance(5 * SECONDS);
    const { resource } = router.job('job-1', { matchingMode: { kind: 'queueAndMatch' }, priority: 100 });
    expect(resource).toMatchObject({
      status: 'queued',
      priority: 100,
      enqueuedAt: NINE_AM + 5 * SECONDS,
    });
    expect(router.told()).toEqual(['JobReceived job-1', 'JobQueued job-1']);
  });

  it('stamps notes without a time with the time of receipt and keeps the oldest first', () => {
    const router = opened();
    const { resource } = router.submit('job-1', {
      notes: [{ message: 'now' }, { message: 'before', addedAt: secondsAfter(NINE_AM, -1) }],
    });
    expect(resource.notes).toEqual([
      { message: 'before', addedAt: NINE_AM - SECONDS },
      { message: 'now', addedAt: NINE_AM },
    ]);
  });

  it('reports everything that is wrong with it at once', () => {
    const failure = opened().refusalOf<'UpsertJob'>({
      type: 'UpsertJob',
      id: id('a:b'),
      patch: { priority: 101, queueId: id('nowhere') },
    });
    expect(failure).toMatchObject({
      kind: 'invalid',
      problems: [{ member: 'id' }, { member: 'channelId' }, { member: 'queueId' }, { member: 'priority' }],
    });
  });

  it.each([
    [-100, true],
    [100, true],
    [-101, false],
    [1.5, false],
  ])('may have priority %d: %s', (priority, allowed) => {
    const answer = opened().ask<'UpsertJob'>({
      type: 'UpsertJob',
      id: id('job-1'),
      patch: { channelId: 'voice', queueId: id('queue-1'), priority },
    });
    expect(answer.ok).toBe(allowed);
  });
});

describe('a patch of a job', () => {
  const full: JobPatch = {
    priority: 5,
    dispositionCode: 'Later',
    labels: { a: 1, b: true },
    tags: { t: 'x' },
    channelReference: 'call-1',
    requestedWorkerSelectors: [{ key: 'k', labelOperator: 'equal', value: 1 }],
  };

  it.each<[string, JobPatch, object]>([
    ['null puts the default priority back', { priority: null }, { priority: 1 }],
    ['null empties a map', { labels: null }, { labels: {} }],
    ['a map is merged key by key', { labels: { b: null, c: 2 } }, { labels: { a: 1, c: 2 } }],
    ['an array is replaced whole', { requestedWorkerSelectors: [] }, { requestedWorkerSelectors: [] }],
  ])('%s', (_, patch, expected) => {
    const router = opened();
    router.submit('job-1', full);
    expect(router.job('job-1', patch).resource).toMatchObject(expected);
  });

  it('removes an optional text with null', () => {
    const router = opened();
    router.submit('job-1', full);
    const { resource } = router.job('job-1', { dispositionCode: null, channelReference: null });
    expect(resource).not.toHaveProperty('dispositionCode');
    expect(resource).not.toHaveProperty('channelReference');
  });

  it('keeps the revision when it changes nothing', () => {
    const router = opened();
    router.submit('job-1', full);
    const before = router.jobNamed('job-1').revision;
    router.advance(SECONDS);
    expect(router.job('job-1', { ...full, labels: {} }).resource.revision).toEqual(before);
  });

  it.each<[string, JobPatch]>([
    ['labels', { labels: { a: 1 } }],
    ['the queue', { queueId: id('queue-2') }],
    ['the channel', { channelId: 'chat' }],
    ['selectors', { requestedWorkerSelectors: [{ key: 'k', labelOperator: 'notEqual', value: 1 }] }],
    ['the priority', { priority: 9 }],
  ])('of %s revokes the open offer, queues the job anew and keeps its seniority', (_, patch) => {
    const router = opened();
    router.queue('queue-2', { distributionPolicyId: id('policy-1') });
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.advance(SECONDS);
    expect(router.job('job-1', patch).resource).toMatchObject({ status: 'queued', enqueuedAt: NINE_AM });
    expect(router.told().slice(0, 2)).toEqual(['WorkerOfferRevoked job-1 worker-1', 'JobQueued job-1']);
  });

  it.each<[string, JobPatch]>([
    ['tags', { tags: { a: 1 } }],
    ['the reference', { channelReference: 'call-1' }],
    ['the disposition', { dispositionCode: 'x' }],
    ['notes', { notes: [{ message: 'm' }] }],
  ])('of %s leaves the open offer alone', (_, patch) => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.job('job-1', patch);
    expect(router.told()).toEqual([]);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('that suspends a queued job takes it out of the queue with its offers', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    expect(router.job('job-1', { matchingMode: { kind: 'suspend' } }).resource.status).toBe(
      'waitingForActivation',
    );
    expect(router.told()).toEqual(['WorkerOfferRevoked job-1 worker-1']);
    expect(router.job('job-1', { matchingMode: null }).resource).toMatchObject({ enqueuedAt: NINE_AM });
  });
});

describe('an assigned job', () => {
  const assigned = () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    const assignment = router.accept('worker-1');
    router.told();
    return { router, assignment: { jobId: assignment.jobId, assignmentId: assignment.assignmentId } };
  };

  it('shows its assignment and holds the capacity', () => {
    const { router, assignment } = assigned();
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'assigned',
      assignments: [{ assignmentId: assignment.assignmentId, workerId: 'worker-1', assignedAt: NINE_AM }],
    });
    expect(router.workerNamed('worker-1')).toMatchObject({
      offers: [],
      assignedJobs: [{ assignmentId: assignment.assignmentId, jobId: 'job-1', capacityCost: 1 }],
      loadRatio: 1,
    });
  });

  it('is completed and then closed, each with its note, and only the close frees the worker', () => {
    const { router, assignment } = assigned();
    router.advance(10 * SECONDS);
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment, note: 'done' });
    expect(router.workerNamed('worker-1').loadRatio).toBe(1);
    router.advance(10 * SECONDS);
    router.mustDo<'CloseAssignment'>({ type: 'CloseAssignment', ...assignment, note: 'bye' });
    expect(router.workerNamed('worker-1').loadRatio).toBe(0);
    const [completedAt, closedAt] = [NINE_AM + 10 * SECONDS, NINE_AM + 20 * SECONDS];
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'closed',
      dispositionCode: 'Closed',
      assignments: [{ completedAt, closedAt }],
      notes: [
        { message: 'done', addedAt: completedAt },
        { message: 'bye', addedAt: closedAt },
      ],
      revision: { version: 4, modifiedAt: closedAt },
    });
    expect(router.told()).toEqual(['JobCompleted job-1', 'JobClosed job-1']);
  });

  it('stays completed and holds its capacity until a close planned for later', () => {
    const { router, assignment } = assigned();
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment });
    const closeAt = secondsAfter(NINE_AM, 30);
    router.mustDo<'CloseAssignment'>({
      type: 'CloseAssignment',
      ...assignment,
      closeAt,
      dispositionCode: 'Resolved',
    });
    router.advance(30 * SECONDS - 1);
    expect(router.jobNamed('job-1').status).toBe('completed');
    expect(router.workerNamed('worker-1').loadRatio).toBe(1);
    router.advance(1);
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'closed',
      dispositionCode: 'Resolved',
      assignments: [{ closedAt: closeAt }],
    });
    expect(router.workerNamed('worker-1').loadRatio).toBe(0);
    expect(router.lastFact('JobClosed')).toMatchObject({ dispositionCode: 'Resolved', workerId: 'worker-1' });
  });

  it('closes at the time that was planned last', () => {
    const { router, assignment } = assigned();
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment });
    for (const seconds of [30, 60]) {
      const closeAt = secondsAfter(NINE_AM, seconds);
      router.mustDo<'CloseAssignment'>({ type: 'CloseAssignment', ...assignment, closeAt });
    }
    router.advance(60 * SECONDS - 1);
    expect(router.jobNamed('job-1').status).toBe('completed');
    router.advance(1);
    expect(router.jobNamed('job-1').status).toBe('closed');
  });

  it('closes at once when closeAt has passed, and a later close replaces a planned one', () => {
    const { router, assignment } = assigned();
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment });
    const closeAt = secondsAfter(NINE_AM, 30);
    router.mustDo<'CloseAssignment'>({ type: 'CloseAssignment', ...assignment, closeAt });
    router.mustDo<'CloseAssignment'>({
      type: 'CloseAssignment',
      ...assignment,
      closeAt: secondsAfter(NINE_AM, -1),
    });
    expect(router.jobNamed('job-1').status).toBe('closed');
    router.advance(60 * SECONDS);
    expect(router.told().filter((told) => told.startsWith('JobClosed'))).toHaveLength(1);
  });

  it('goes back to the queue with its seniority when it is unassigned, as often as somebody likes', () => {
    const { router, assignment } = assigned();
    let current = assignment;
    for (const count of [1, 2, 3, 4]) {
      router.advance(SECONDS);
      const answer = router.mustDo<'UnassignJob'>({ type: 'UnassignJob', ...current });
      expect(answer).toEqual({ jobId: 'job-1', unassignmentCount: count });
      expect(router.jobNamed('job-1')).toMatchObject({
        status: 'queued',
        enqueuedAt: NINE_AM,
        assignments: [],
      });
      expect(router.told()).toEqual([
        'JobUnassigned job-1',
        'JobQueued job-1',
        'WorkerOfferIssued job-1 worker-1',
      ]);
      current = router.accept('worker-1');
      router.told();
    }
  });

  it('waits for activation when it is unassigned with matching suspended', () => {
    const { router, assignment } = assigned();
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', ...assignment, suspendMatching: true });
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'waitingForActivation',
      matchingMode: { kind: 'suspend' },
      enqueuedAt: NINE_AM,
    });
    expect(router.told()).toEqual(['JobUnassigned job-1']);
    expect(router.offered()).toEqual([]);
  });

  it('waits for activation when it was suspended while assigned and is unassigned then', () => {
    const { router, assignment } = assigned();
    router.job('job-1', { matchingMode: { kind: 'suspend' } });
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', ...assignment });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'waitingForActivation', enqueuedAt: NINE_AM });
    expect(router.told()).toEqual(['JobUnassigned job-1']);
    expect(router.offered()).toEqual([]);
  });

  it('waits for the schedule it was given while assigned when it is unassigned', () => {
    const { router, assignment } = assigned();
    const scheduleAt = secondsAfter(router.now(), 60);
    router.job('job-1', { matchingMode: { kind: 'scheduleAndSuspend', scheduleAt } });
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', ...assignment });
    expect(router.jobNamed('job-1').status).toBe('scheduled');
    router.advance(60 * SECONDS);
    expect(router.told()).toEqual(['JobUnassigned job-1', 'JobWaitingForActivation job-1']);
  });

  it('can be edited without losing its assignment', () => {
    const { router } = assigned();
    expect(router.job('job-1', { labels: { a: 1 }, priority: 3 }).resource.status).toBe('assigned');
    expect(router.told()).toEqual([]);
  });

  it.each(['assigned', 'completed'] as const)('frees the worker when it is cancelled while %s', (status) => {
    const { router, assignment } = assigned();
    if (status === 'completed')
      router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment });
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(router.jobNamed('job-1').status).toBe('cancelled');
    expect(router.workerNamed('worker-1')).toMatchObject({ assignedJobs: [], loadRatio: 0 });
  });

  it.each([
    ['CompleteAssignment', 'complete'],
    ['UnassignJob', 'unassign'],
  ] as const)('refuses %s once it is completed', (type, operation) => {
    const { router, assignment } = assigned();
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment });
    expect(router.refusalOf<typeof type>({ type, ...assignment })).toEqual({
      kind: 'wrongStatus',
      operation,
      jobId: 'job-1',
      status: 'completed',
    });
  });

  it('refuses to be closed before it is completed', () => {
    const { router, assignment } = assigned();
    expect(router.refusalOf<'CloseAssignment'>({ type: 'CloseAssignment', ...assignment })).toMatchObject({
      kind: 'wrongStatus',
      operation: 'close',
      status: 'assigned',
    });
  });

  it('tells an unknown assignment from an unknown job', () => {
    const { router, assignment } = assigned();
    const type = 'CompleteAssignment';
    expect(router.refusalOf<'CompleteAssignment'>({ type, ...assignment, assignmentId: id('x') })).toEqual({
      kind: 'assignmentNotFound',
      jobId: 'job-1',
      assignmentId: 'x',
    });
    expect(router.refusalOf<'CompleteAssignment'>({ type, ...assignment, jobId: id('x') })).toEqual({
      kind: 'notFound',
    });
  });
});

describe('a cancelled job', () => {
  it('keeps its queue, takes the default disposition and the note, and revokes its offers', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1'), note: 'never mind' });
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'cancelled',
      queueId: 'queue-1',
      enqueuedAt: NINE_AM,
      dispositionCode: 'Cancelled',
      notes: [{ message: 'never mind', addedAt: NINE_AM }],
    });
    expect(router.lastFact('JobCancelled')).toMatchObject({
      note: 'never mind',
      dispositionCode: 'Cancelled',
    });
    expect(router.told()).toEqual(['JobCancelled job-1', 'WorkerOfferRevoked job-1 worker-1']);
  });

  it('was never queued when it is cancelled first', () => {
    const router = opened();
    router.handle<'UpsertJob'>({
      type: 'UpsertJob',
      id: id('job-1'),
      patch: { channelId: 'voice', queueId: id('queue-1') },
    });
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1'), dispositionCode: 'Mistake' });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'cancelled', dispositionCode: 'Mistake' });
    expect(router.jobNamed('job-1')).not.toHaveProperty('enqueuedAt');
    expect(router.told()).toEqual(['JobReceived job-1', 'JobCancelled job-1']);
  });

  it('takes neither a second cancel nor a patch', () => {
    const router = opened();
    router.submit('job-1');
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    const refusal = { kind: 'wrongStatus', jobId: 'job-1', status: 'cancelled' };
    expect(router.refusalOf<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') })).toEqual({
      ...refusal,
      operation: 'cancel',
    });
    expect(router.refusalOf<'UpsertJob'>({ type: 'UpsertJob', id: id('job-1'), patch: {} })).toEqual({
      ...refusal,
      operation: 'update',
    });
  });

  it('cannot be one that never was', () => {
    expect(opened().refusalOf<'CancelJob'>({ type: 'CancelJob', jobId: id('x') })).toEqual({
      kind: 'notFound',
    });
  });
});
