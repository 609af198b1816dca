import { describe, expect, it } from 'vitest';
import { type Job, job, worker } from '../../../../src/jobRouter/wire.ts';
import { type Finding, offDuty, offersOf, waitingIn } from '../../../../src/reconciling/findings.ts';

const NINE = '2026-03-02T09:00:00.0000000+00:00';
const about = { channelId: 'voice', queueId: 'queue-1', priority: 3, labels: { vip: true } };
const jobOf = (parts: Partial<Job>): Job => job.parse({ id: 'job-1', ...about, ...parts });
const assignment = (times: object) => ({
  a: { assignmentId: 'a', workerId: 'w', assignedAt: NINE, ...times },
});

const told = (findings: readonly Finding[]) =>
  findings.map(({ event: { kind, eventId, data }, ripeAt }) => ({
    kind,
    eventId,
    data,
    ripeAt: ripeAt?.toISOString(),
  }));

const jobData = { jobId: 'job-1', channelId: 'voice', queueId: 'queue-1', labels: { vip: true } };

describe('what is found in a job', () => {
  it.each([
    [
      'assigned and not completed',
      jobOf({ status: 'assigned', assignments: assignment({}) }),
      {
        kind: 'WorkerOfferAccepted',
        eventId: 'reconcile-WorkerOfferAccepted-a',
        data: { jobId: 'job-1', assignmentId: 'a', workerId: 'w', jobPriority: 3, jobLabels: { vip: true } },
        ripeAt: '2026-03-02T09:00:30.000Z',
      },
    ],
    [
      'completed and not closed',
      jobOf({ status: 'completed', assignments: assignment({ completedAt: '2026-03-02T09:01:00+00:00' }) }),
      {
        kind: 'JobCompleted',
        eventId: 'reconcile-JobCompleted-a',
        data: { ...jobData, assignmentId: 'a', workerId: 'w' },
        ripeAt: '2026-03-02T09:01:30.000Z',
      },
    ],
    [
      'closed',
      jobOf({
        status: 'closed',
        assignments: {
          ...assignment({ closedAt: '2026-03-02T09:02:00+00:00' }),
          b: { assignmentId: 'b', closedAt: '2026-03-02T09:02:00.5+00:00' },
        },
      }),
      { kind: 'JobClosed', data: jobData, ripeAt: '2026-03-02T09:02:30.500Z' },
    ],
    ['cancelled', jobOf({ status: 'cancelled' }), { kind: 'JobCancelled', data: jobData, ripeAt: undefined }],
    [
      'scheduled, and its time has come',
      jobOf({ status: 'waitingForActivation', scheduledAt: NINE }),
      { kind: 'JobWaitingForActivation', data: jobData, ripeAt: '2026-03-02T09:00:30.000Z' },
    ],
    [
      'kept back from its queue',
      jobOf({ status: 'waitingForActivation' }),
      { kind: 'JobWaitingForActivation', data: { ...jobData, priority: 3 }, ripeAt: undefined },
    ],
    ['not classified', jobOf({ status: 'classificationFailed' }), { kind: 'JobClassificationFailed' }],
    ['not scheduled', jobOf({ status: 'scheduleFailed' }), { kind: 'JobSchedulingFailed' }],
  ])('that is %s', (_, found, finding) => {
    expect(told(waitingIn(found))).toEqual([
      expect.objectContaining({ ...finding, data: expect.anything() }),
    ]);
    expect(told(waitingIn(found))[0]?.data).toMatchObject('data' in finding ? finding.data : {});
  });

  it.each(['created', 'queued', 'pendingSchedule', 'scheduled', 'pendingClassification', undefined])(
    'is nothing where it is %s',
    (status) => {
      expect(waitingIn(jobOf({ ...(status && { status }), assignments: assignment({}) }))).toEqual([]);
    },
  );

  it('is only what each of its assignments waits for', () => {
    const assignments = {
      ...assignment({ completedAt: NINE }),
      b: { assignmentId: 'b', workerId: 'w', assignedAt: NINE },
      c: { assignmentId: 'c', workerId: 'w', assignedAt: NINE, completedAt: NINE, closedAt: NINE },
    };
    const ids = (status: string) =>
      waitingIn(jobOf({ status, assignments })).map(({ event }) => event.eventId);
    expect(ids('assigned')).toEqual(['reconcile-WorkerOfferAccepted-b']);
    expect(ids('completed')).toEqual(['reconcile-JobCompleted-a']);
  });

  it('leaves out a time that cannot be read, and is ripe then', () => {
    const [found] = waitingIn(jobOf({ status: 'assigned', assignments: assignment({ assignedAt: 'soon' }) }));
    expect(found).not.toHaveProperty('ripeAt');
    expect(found?.event).not.toHaveProperty('eventTime');
  });
});

describe('what is found in a worker', () => {
  it('is each offer, ten seconds old', () => {
    const offered = { offerId: 'o', jobId: 'job-1', offeredAt: NINE, expiresAt: '2026-03-02T09:01:00Z' };
    const found = told(offersOf(worker.parse({ id: 'w', labels: { skill: 1 }, offers: [offered] })));
    expect(found).toEqual([
      {
        kind: 'WorkerOfferIssued',
        eventId: 'reconcile-WorkerOfferIssued-o',
        data: {
          offerId: 'o',
          jobId: 'job-1',
          workerId: 'w',
          workerLabels: { skill: 1 },
          expiresOn: new Date('2026-03-02T09:01:00Z'),
        },
        ripeAt: '2026-03-02T09:00:10.000Z',
      },
    ]);
  });

  it.each([
    ['inactive', 1],
    ['active', 0],
    ['draining', 0],
  ])('is that it is off duty only where it is %s', (state, count) => {
    expect(offDuty(worker.parse({ id: 'w', state }))).toHaveLength(count);
  });
});
